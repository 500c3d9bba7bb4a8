"""The set phrases by which the lines of a page tell what they are: patterns for `lines`, in web English."""

from __future__ import annotations

import re

BULLET = re.compile(r"(?:[•·▪●◦‣*–»›-]|\d{1,2}[.)])\s+")
_PICTURES = r"photos?|images?|pictures?|graphic|illustration|screengrab|screenshot"
_CREDITS = rf"""{_PICTURES}|file|handout|courtesy|video|getty|reuters|afp|epa|shutterstock|wikimedia|flickr
    |twitter|facebook|instagram"""
CAPTION_START = re.compile(
    rf"""\|\s
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
SOURCE = re.compile(r"^sou?r[cs]e\s*:\s*\S", re.IGNORECASE)
BY = re.compile(r"^(?:by|from)\s", re.IGNORECASE)
DATE_WORDS = re.compile(
    r"""\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\b
    | \b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\b
    | \b(?:published|posted|updated|last|modified|first|on|at|of|am|pm|a\.m|p\.m|gmt|utc|[bcemp][ds]?t|ist
      |min|read)\b
    | \d+(?:st|nd|rd|th)? | (?<=\d)T(?=\d) | Z\b | [\W_]""",
    re.IGNORECASE | re.VERBOSE,
)
FURNITURE = re.compile(
    r"""^(?:advertisement|ad|sponsored(?:\ content)?|share(?:\ this)?(?:\ \w+)?|tweet|print|e-?mail|save
    |copy\ link|log\ ?in|register|back\ to\ top|menu|search|home|news|videos?|\w+://\S+|www\.\S+
    |\d+\s+(?:shares?|comments?|likes?|views?|min(?:ute)?s?\ read)
    |(?:follow\ us|subscribe|read\ more|see\ also|also\ read|click\ here|skip\ to|sign\ (?:up|in)|copyright
      |(?:continue\ reading|(?:story|article)\ continues|all\ rights\ reserved|video\ ad\ feedback)
      |terms\ (?:of|and)|privacy\ policy|loading)\b.*
    |(?:more:|and:|related:|watch:|listen:|live\ updates:|©|\(c\)).*
    |(?:we|(?:this|our)\ (?:web)?site)\ uses?\ cookies\b.*
    |by\ (?:continuing|clicking|using)\b.*\b(?:cookies|terms|privacy)\b.*
    |get\ .*newsletter.*)$""",
    re.IGNORECASE | re.VERBOSE,
)
WALL = re.compile(
    r"""^(?:(?:most|more)\ (?:read|popular|viewed|shared|watched|commented)|(?:trending|popular)(?:\ now)?
    |(?:read|see|watch)\ (?:this|next)|what\ to\ read\ next|up\ next|don['’]t\ miss|top\ stories
    |latest(?:\ news)?|related(?:\ (?:stories|articles|news|posts|content|topics|links))?
    |recommended(?:\ for\ you)?|editor['’]?s['’]?\ picks|more\ (?:from|on|in|stories|news|top\ stories)\b.*
    |you\ (?:may|might)\ (?:also\ )?(?:like|be\ interested\ in).*
    |comments?(?:\ \(\d+\))?|\d+\ comments?|leave\ a\ (?:reply|comment)|join\ the\ (?:conversation|discussion)
    |from\ around\ the\ web|promoted|sponsored\ stories|tags?:?|topics:?)$""",
    re.IGNORECASE | re.VERBOSE,
)
