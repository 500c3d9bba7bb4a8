"""The words that tell what is past from what is planned, as patterns."""

from __future__ import annotations

import re

from rag.ingest.calendar_days import WEEKDAY

_READY = r"""(?:expected|due|set|scheduled|slated|planned|poised|likely|going|aiming|hoping|preparing|ready|about
    |bound|projected|forecast|predicted|supposed|meant|tipped)"""
_EVENT_VERB = "(?:begin|start|open|expire|resume|premiere|debut|air|launch|reopen|convene|conclude|kick)"
_HEADING = "(?:hold|host|meet|travel|head|visit|return|play|fac|vot|open|launch|releas|start|begin|com|perform|appear)"
_WITHIN_SIX = r"(?=(?:\ [\w'’.-]+){0,6}\s*$)"  # words before the expression of time
_ON_THE_WAY = r"""(?:\ (?:not|no\ longer|also|then|still|now|soon|once|again|first|just|never|even|only|be|have|to
    |remain|stay|keep|become|get|go|continue|need|\w+ly))"""  # "will have to be formally charged"
_PLANNED = rf"""(?:(?:(?:will|['’]ll|shall)(?:\ have\ been)?|would|won['’]t|(?:is|are)\ to
    |(?:(?:is|are)\ )?{_READY}\ (?:to|for)
    |(?:plan|hope|intend|vow|aim|want|need|promise|pledge|agree|decide|prepare)(?:s|d|ed|ned|ing|ning)?\ to
    |(?:could|should|must|(?-i:may))(?!\ (?:not\ )?have\b(?!\ to\b)|\ not\b))
        {_ON_THE_WAY}*(?:\ \w+)?
    |(?:is|are)\ {_READY}|go(?:es)?\ to\ the\ polls|in\ advance\ of
    |starting|beginning|upcoming|coming|scheduled|due|slated|set|deadline
    |ahead\ of{_WITHIN_SIX}|plan\ ahead|ha(?:s|ve|d)\ until
    |(?:when|if|once|until|unless)\ (?:[\w'’.-]+\ ){{1,4}}(?:is|are)\ (?:\w+ed|held|made|sworn)
    |(?:is|are|['’]s|['’]re)\ (?:also\ )?{_HEADING}ing{_WITHIN_SIX}
    |{_EVENT_VERB}s{_WITHIN_SIX} | (?:plays|faces|hosts)\ (?-i:[A-Z])[\w'’.-]*{_WITHIN_SIX}
    |(?:begin|start|open|end|close|expire|resume|premiere|air|return|arrive|meet|kick|vote|head|travel|face|play
        |host|take)s?(?:\ (?:off|place|effect))?(?=\s+(?:on|this|next)?\s*$))"""
_PAST = r"""(?:(?:went\ ahead|took\ place)\ as\ scheduled
    |\w{2,}ed|was|were|had|did|went|came|left|won|lost|began|took|made|gave|got|held|met|told|said|says
    |saw|found|fell|rose|grew|knew|led|paid|sent|spoke|spent|stood|struck|beat|became|broke|brought|built|bought
    |caught|chose|drew|drove|ate|fought|flew|hit|hurt|kept|let|put|ran|sat|sold|shot|shut|slept|stole|swore|taught
    |thought|threw|understood|woke|wore|wrote|cut|has|have|been)"""
_PRESENT = rf"(?:is|are)\ (?:\w+ly\ |not\ |being\ )?(?!{_READY})\w{{2,}}ed"  # "is accused", "are sold": tells nothing
_AS_MEANT = r"(?<=\bas\ )(?:planned|expected|intended|hoped|arranged)\b"  # "as planned" has no tense
CUE = re.compile(
    rf"(?:(?<![\w-])|(?=['’]))(?!{_AS_MEANT})(?:(?P<planned>{_PLANNED})|(?P<present>{_PRESENT})|(?P<past>{_PAST}))(?!\w)",
    re.IGNORECASE | re.VERBOSE,
)

_UNTIL = r"(?:until|till|through)\s+(?:at\s+least\s+)?(?:\w+\s+)?$"
OPEN_END = re.compile(rf"\w\s+{_UNTIL}", re.IGNORECASE)
_PUT_ON_HOLD = r"""(?:(?:clos|suspend|adjourn|postpon|delay|deferr|extend|prolong|renew|impos|declar|remand|bann|barr
    |block|halt|paus|cancell?|ground|seal|evacuat|restrict|order)ed|shut|(?:put|called)\s+off|given|gave
    |(?:told|asked|urged|advised)(?:\s+\w+){0,4}\s+to)"""
_KEPT = r"(?:(?<=\bwas\ )|(?<=\bwere\ )|(?<=\bbeen\ ))(?P<kept>held|kept|left|detained|locked)"
_MOVED = r"""(?:(?:postpon|mov|reschedul|rearrang|extend|delay|deferr|adjourn|switch)ed
    |(?:put|pushed|brought)(?:\s+\w+){0,4}\s+(?:back|forward))"""
HOLDS = re.compile(
    rf"""(?P<before>.*)\b(?:(?P<held>{_PUT_ON_HOLD}|{_KEPT})\b(?P<until>.*)\b{_UNTIL}
        |{_MOVED}\b(?P<to>(?:\s+\S+){{0,6}})\s+(?:to|for)\s+$)""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
"""A verb that lasts until the day behind it, or moves something to it; the last one that there is."""
HAD = re.compile(r"\b(?:had|having)\s+(?:\w+\s+)?(?:been\s+)?$", re.IGNORECASE)
NO = re.compile(r"\b(?:not|never|no|none|nobody)\b|n['’]t\b", re.IGNORECASE)
RANGE = re.compile(rf"\bfrom\b|(?<!\bon\s)\b{WEEKDAY}\s*$")
