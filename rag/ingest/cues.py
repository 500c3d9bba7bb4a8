"""The set phrases by which the lines of a page tell what they are: patterns for `lines`, in web English."""

from __future__ import annotations

import re

BULLET = re.compile(r"(?:[•·▪●◦‣*–»›+-]|\d{1,2}[.)])\s+")
LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\s[^()]*)?\)")
"""A link or a picture as Markdown writes them."""
_PICTURES = r"photos?|images?|pictures?|graphic|illustration|screengrab|screenshot"
_CREDITS = rf"""{_PICTURES}|file|handout|courtesy|video|getty|reuters|afp|epa|shutterstock|wikimedia|flickr
    |twitter|facebook|instagram"""
CAPTION_START = re.compile(
    rf"""\|\s
    | !\[
    | \[(?:image|img|picture|photo|figure)\b
    | file\b[\w\ ]{{0,12}}\s*[-–—:]
    | (?:{_PICTURES}|caption)(?:\s(?:by|via|from|credit|courtesy)\b[^:]*)?\s*:
    | in\ this\b.{{0,40}}\b(?:{_PICTURES}|photograph|frame\ grab)\b
    | [^|]*\s\|\s*(?:photo|image|picture)s?\b""",
    re.IGNORECASE | re.VERBOSE,
)
CREDIT_END = re.compile(
    rf"""[(\[](?:(?:{_CREDITS})\b[^()\[\]]*|[^()\[\]]*\b(?:photo|image|picture)s?\b[^()\[\]]*)[)\]]\.?$
    | (?:\bgetty\ images|/(?:ap|afp|epa|reuters|getty)|\bvia\ (?:ap|afp|getty|reuters))
      (?:\ images|\ photo)?[.)\]]{{0,2}}$""",
    re.IGNORECASE | re.VERBOSE,
)
AGENCY_CREDIT = re.compile(r"\w[^.!?(]*\s\([A-Z]{2,6}(?:/[\w. ]+| [Pp]hoto)?\)$")
NOTE = re.compile(
    r"""^[(\[*_]*\s*(?:editor['’]?s?['’]?\ note|correction|clarification|note\ to\ readers|disclaimer)\b
    | ^[(\[]?contribut(?:ing|ors?)\s*:
    | ^[–—-]?\s*[\w’'.,\ &-]{3,90}\ contributed\ (?:to|reporting)\b.{0,60}$
    | ^[(\[*_]*(?:(?:additional\ )?reporting|writing|editing|compiled)\ by\b
    | [—–-]\s*(?:the\ )?eds?(?:itors?)?\.?[)\]]?$
    | ^(?:this|a\ version\ of\ this)\ (?:article|story|report|piece|post)\b.{0,40}
      \b(?:was|has\ been|is|first|originally)\b
      .{0,40}\b(?:published|appeared|updated|corrected|republished|translated|produced|amended)\b
    | \b(?:the\ )?(?:views|opinions)\ expressed\b.{0,120}\b(?:author|own|reflect|represent)""",
    re.IGNORECASE | re.VERBOSE,
)
BYLINE = re.compile(  # "Sourse" is what many sites that copy wire stories write
    r"""^(?:(?:originally|first)\ published|published|posted|(?:last\ )?updated|last\ modified|date
      |sou?r[cs]e|via|author|(?:written|story|reported)\ by)\b
      (?:\s*(?:(?:on|at|by)\b|:|\||-)\s*\S | \s+(?:\d|\w+\.?\s+\d{1,2},?\s+\d{4}))
    | ^(?:by|from)\s+(?=[^a-z]*[A-Z])[\w’'./&,@|-]+(?:\s+[\w’'./&,@|-]+){0,11}$""",
    re.IGNORECASE | re.VERBOSE,
)
PUBLISHED = re.compile(r"^(?:(?:originally|first)\ )?published\b(?:\ on\b)?\s*:?", re.IGNORECASE)
SEPARATOR = re.compile(r"\s[|·•/–—-]\s|\|")
SOURCE = re.compile(r"^sou?r[cs]e\s*:\s*\S", re.IGNORECASE)
BY = re.compile(r"^(?:by|from)\s", re.IGNORECASE)
DAY = re.compile(
    r"""\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\b.*\d | \d.*\b(?:19|20)\d\d\b
    | \b(?:19|20)\d\d\b.*\d | \d[:.]\d\d""",
    re.IGNORECASE | re.VERBOSE,
)
MONTH_OR_YEAR = re.compile(
    r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)|\b(?:19|20)\d\d\b", re.IGNORECASE
)
DATE_WORDS = re.compile(
    r"""\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\b
    | \b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\b
    | \b(?:published|posted|updated|last|modified|first|on|at|of|am|pm|a\.m|p\.m|gmt|utc|[bcemp][ds]?t|ist
      |min|read)\b
    | \d+(?:st|nd|rd|th)? | (?<=\d)T(?=\d) | Z\b | [\W_]""",
    re.IGNORECASE | re.VERBOSE,
)
FURNITURE = re.compile(
    r"""^(?:advertisement|ads?|sponsored(?:\ content)?|share(?:\ this)?(?:\ \w+)?|tweet|print|e-?mail|save
    |copy\ link|log\ ?in|register|back\ to\ top|menu|search|home|news|videos?|\w+://\S+|www\.\S+
    |subscribe\ now|previous|next|show\ (?:more|less|captions?)|hide\ captions?|gift\ this\ article|agree
    |accept(?:\ all)?|replay|loading\W*|view\ comments|more\ on\ this\ \w+|privacy\ policy
    |\d+\s+(?:shares?|comments?|likes?|views?|min(?:ute)?s?\ read)|\d+\ (?:of|/)\ \d+
    |(?:follow\ us|subscribe|read\ (?:more|also|full)|see\ also|also\ read|click\ (?:here|to)|skip\ to
      |sign\ (?:up|in)|terms\ (?:of|and)\ (?:use|service|conditions|sale))\b.*
    |(?:continue\ reading|(?:story|article)\ continues|all\ rights\ reserved|video\ ad\ feedback
      |scroll\ to\ continue)\b.*
    |(?:more:|and:|related:|watch:|listen:|live\ updates:|tags?:|filed\ under:?|©|\(c\)|copyright\ [©\d(]).*
    |(?:we|(?:this|our)\ (?:web)?site)\ uses?\ cookies\b.*
    |by\ (?:continuing|clicking|using|signing)\b.*\b(?:cookies|terms|privacy)\b.*
    |get\ .*newsletter.*)$""",
    re.IGNORECASE | re.VERBOSE,
)
SITE_TALK = re.compile(
    r"""\b(?:this|our|the)\ (?:web)?site\b.{0,60}\b(?:cookies?|advice|agree|acceptance|function|reproduced|privacy)\b
    | \b(?:use|uses|using|accept|store|set|of)\b.{0,40}\bcookies\b
    | \b(?:your|our|we|you)\b.{0,80}\b(?:newsletters?|unsubscribe|inbox|subscribers?|subscription|free\ articles
      |privacy\ policy|terms\ (?:of|and)\ \w+|user\ agreement|your\ consent|personal\ data|browser|javascript)\b
    | \b(?:unsubscribe|newsletters?|privacy\ policy|terms\ of\ (?:use|service)|user\ agreement)\b
      .{0,80}\b(?:you|your|our)\b
    | ^(?:subscribe|sign\ up|log\ in|register|become\ a\ (?:member|subscriber)|donate
      |already\ a\ (?:subscriber|member))\b
    | ^(?:please|to\ (?:continue|view|read|comment|use))\b.{0,60}\b(?:enable|subscribe|log\ in|sign|register|upgrade
      |consider|donat\w+|support|refresh|try\ again|click)\b
    | \b(?:support|keep)\ (?:our|the|independent|quality)\b.{0,20}\b(?:journalism|reporting|newsroom)\b
    | \bmay\ not\ be\ (?:published|reproduced|copied|redistributed|used)\b | \ball\ rights\ reserved\b
    | \bwithout\ .{0,30}(?:permission|consent)\ of\ (?:the\ )?(?:publisher|owner|copyright)
    | \bmay\ (?:earn|receive)\b.{0,40}\b(?:commission|compensation)\b
    | \bdelayed\ (?:by\ )?at\ least\ \d+\ minutes | \bregistered\ (?:office|in\ england)\b
    | \b(?:modal\ window|dialog\ window|video\ player)\b
    | \bnot\ support\ (?:the\ )?(?:html5|audio|video|iframes?|javascript)\b
    | \bcomments?\b.{0,30}\b(?:moderated|approved|published|closed)\b
    | \b(?:e-?mail\ address|required\ fields)\b.{0,40}\b(?:published|marked) | \bsomething\ went\ wrong\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""A site speaking of itself and its reader: consent, subscription, law, player."""
TALK_BACK = re.compile(
    r"""^(?:reply|like|report|quote|flag|upvote|downvote|permalink|log\ in\ to\ (?:reply|comment)|view\ profile
    |click\ to\ rate|show\ \d*\ ?repl(?:y|ies)|\d+\ repl(?:y|ies)|best\ rated|newest|oldest|edited|top)$
    | ^(?:like|reply|share|report|quote|flag|\W|\d)+$
    | ^[^.!?]{2,40}\ (?:says|said|wrote|writes|commented|replied):$
    | ^posted\ by\ [^.!?]{2,40}\ (?:on|at)\ | ^(?:joined|posts|member\ since|location)\b:?\s | ^post\ \#\d+$
    | \b\d+\ ?(?:seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|[smhdwy])\ ago$""",
    re.IGNORECASE | re.VERBOSE,
)
"""What stands around each comment and each teaser: its writer, its age, its buttons."""
SHOUTED = re.compile(r"^(?:[^\sa-z]*[A-Z]{2}[^\sa-z]*\s+|[^\sa-z]+\s+){5,}(?=\S*[a-z])")
"""A headline in capitals run together with the sentence under it."""
WALL = re.compile(
    r"""^(?:(?:most|more)\ (?:read|popular|viewed|shared|watched|commented|discussed)
    |(?:trending|popular)(?:\ (?:now|posts|stories))?|(?:read|see|watch|must)\ (?:this|next|read|watch)
    |what\ to\ (?:read|watch)\ next|(?:up\ next|next\ up)|don['’]t\ miss
    |(?:more\ )?top\ (?:stories|news|headlines)|best\ of\ \w+(?:\ \w+)?|also\ (?:by|from|in|on)\b.*
    |(?:latest|recent|popular)(?:\ (?:news|updates?|posts|stories|videos|articles|comments|headlines))?
    |related(?:\ (?:stories|articles|news|posts|content|topics|links|coverage|reading))?
    |recommended(?:\ (?:for\ you|stories|articles|reading))?|editor['’]?s['’]?\ (?:picks|choice)
    |more\ (?:from|on|in|by|stories|news|top\ stories|like\ this|articles|coverage)\b.*
    |read\ more\ (?:on|about|from)\b.*|about\ the\ authors?|(?:archives?|categories|blogroll)
    |you\ (?:may|might)\ (?:also\ )?(?:like|be\ interested\ in).*|promoted(?:\ .*)?
    |from\ (?:around\ the\ web|our\ partners)|sponsored\ (?:stories|links|content)|tags?:?|topics:?
    |(?:previous|next)\ (?:article|post|story))$""",
    re.IGNORECASE | re.VERBOSE,
)
END = re.compile(
    r"""^(?:(?:\d+\ )?(?:comments?|repl(?:y|ies)|responses?)(?:\ \(?\d+\)?)?
    |\d+\ (?:thoughts?|comments?|repl(?:y|ies)|responses?)\ (?:on|to)\b.*
    |(?:leave|post|add|write)\ (?:a|your)\ (?:reply|comment)\b.*|join\ the\ (?:conversation|discussion)
    |share\ or\ comment\ on\b.*|share\ what\ you\ think
    |comments\ are\ closed.*|what\ do\ you\ think\?
    |(?:copyright\ [©\d(]|©|\(c\)\ ?\d|\W*all\ rights\ reserved).*)$""",
    re.IGNORECASE | re.VERBOSE,
)
"""Behind these stands no story: the comments' heading, the owner's rights."""
ABOUT_AUTHOR = re.compile(
    r"""^[*_]*(?P<name>[^\W\d_][\w.’'-]+(?:\s[^\W\d_][\w.’'-]+){1,3})\s(?:is|was|has\ been|covers|writes|reports)\b
    .{0,120}?\b(?:reporters?|writer|editor|columnist|correspondent|journalist|author|freelancer?|producer|professor
      |fellow|blogger|bureau\ chief|covering|covers)\b""",
    re.IGNORECASE | re.VERBOSE,
)
