"""What stands around stories on the web, in our own words: the words that `dump_sites` builds pages of."""

from __future__ import annotations

from random import Random

SECTIONS = """Home|News|World|Politics|UK|US|Asia|Business|Markets|Economy|Tech|Science|Health|Sport|Football|Tennis
|Culture|Books|Film|Music|TV & Radio|Style|Food|Recipes|Travel|Opinion|Editorials|Letters|Cartoons|Video|Podcasts|Audio
|Photos|Weather|Obituaries|Education|Environment|Climate|Motoring|Property|Jobs|Events|Competitions|Puzzles|Crossword
|Sudoku|Horoscopes|Newsletters|e-Paper|Archive|Topics A-Z|Live Scores|Fixtures|Fact Check|Explainers|In Depth|Long Reads
|Data|Regions|North|South|Coast|Schools|Traffic|Crime|Courts|Council|Lifestyle|Family|Money|Pensions|Savings|Deals
|Shopping|Vouchers|Dating|Advertise|Subscribe|Log In|My Account|Search|Menu|More""".replace("\n", "").split("|")
FOOTER = """About Us|Contact Us|Careers|Advertise With Us|Terms of Use|Terms & Conditions|Privacy Policy|Cookie Policy
|Do Not Sell My Info|Accessibility|Sitemap|RSS|Help Centre|Corrections|Code of Ethics|Editorial Guidelines|Syndication
|Press Room|Modern Slavery Statement|Archive|Apps|Facebook|Twitter|Instagram|YouTube|LinkedIn|Android|iOS
|Manage Preferences|FAQ|Newsletters|Licensing""".replace("\n", "").split("|")
MONTHS = "January February March April May June July August September October November December".split()
FIRST = (
    "Ann Mona Peter Lucy Omar Grace Tom Nadia Felix Ruth Sam Elena Viktor Joan Rahul Mei Carla Hugh Ines Paul".split()
)
LAST = (
    "Field Bell Marsh Okoro Lindt Reyes Patel Stone Walsh Novak Harlow Diaz Brook Chen Moreau Tate Lund Frost".split()
)
TOWNS = "Port Ellery|Dunmore|Halden|Westbrook|Marlow|Ashby|Kingsford|Lakeside|Fairview|Norwood".split("|")
MEDIA = (
    "The Ellery Echo|Halden Herald|Northern Ledger|Daily Lantern|Channel 6 News|The Marlow Review|Globe & Coast".split(
        "|"
    )
)

COOKIES = (
    "We value your privacy",
    "We and our partners store and/or access information on a device, such as cookies, and process personal data,"
    " such as unique identifiers and standard information sent by a device.",
    "With your permission we and our partners may use precise geolocation data and device scanning.",
    "You may click to consent to our and our partners’ processing as described above. Alternatively you may click to"
    " refuse to consent or access more detailed information and change your preferences before consenting.",
    "Please note that some processing of your personal data may not require your consent, but you have a right to"
    " object to such processing.",
    "This website uses cookies to ensure you get the best experience on our website.",
    "By continuing to browse the site you are agreeing to our use of cookies.",
    "These cookies are necessary for the website to function and cannot be switched off in our systems.",
)
LEGAL = (
    "All rights reserved. This material may not be published, broadcast, rewritten or shared without permission.",
    "Quotes displayed in real-time or delayed by at least 15 minutes. Market data provided by Quantel.",
    "We may receive compensation for some links to products and services on this website. Offers may be subject to"
    " change without notice.",
    "Use of this site constitutes acceptance of our User Agreement and Privacy Policy and Cookie Statement.",
    "The material on this site may not be reproduced, distributed, transmitted, cached or otherwise used, except with"
    " the prior written permission of the publisher.",
    "Registered in England and Wales. Registered office: 1 Harbour Street, Port Ellery. Company number 01234567.",
    "This newspaper adheres to the code of practice of the press standards body. If you have a complaint about the"
    " editorial content which relates to inaccuracy or intrusion, then please contact the editor.",
    "Our website provides you with information about financial matters, but nothing on it is to be regarded as advice.",
)
SIGN_UP = (
    "Get the best stories of the day delivered to your inbox every morning.",
    "Sign up to our free daily newsletter and never miss a story that matters to you.",
    "Thank you for subscribing! Please check your inbox to confirm your address.",
    "By signing up you agree to our terms of service and privacy policy. You can unsubscribe at any time.",
    "Invalid email. Something went wrong, please try again later.",
    "Want more news like this? Subscribe now and get your first month for just one dollar.",
    "We use your sign-up to provide content in ways you've consented to and to improve our understanding of you.",
)
PAYWALL = (
    "You have read 3 of your 5 free articles this month.",
    "To continue reading, subscribe today and support the journalism that our region relies on.",
    "Already a subscriber? Log in to your account to continue.",
    "Unlimited digital access for less than the price of a coffee a week. Cancel any time before the next payment.",
)
SPONSOR = "Today's letter is brought to you by Lund & Sons, makers of fine oars since 1911."
APPEAL = (
    "We are a small team and our journalism is free for everyone to read, thanks to readers like you.",
    "If everyone who reads this page gave just three dollars, we would be able to keep going for years to come.",
    "Please consider making a gift today to keep our reporting independent.",
)
PLAYER = (
    "Video Player is loading.",
    "This is a modal window.",
    "Beginning of dialog window. Escape will cancel and close the window.",
    "Restore all settings to the default values",
    "Your browser does not support the audio element.",
    "To view this video please enable JavaScript, and consider upgrading to a web browser that supports HTML5 video",
)
OPINIONS = (
    "I really don't know why anyone is surprised by this.",
    "Great article, thanks for sharing it with us.",
    "This is what happens when nobody is ever held to account.",
    "My uncle worked there for twenty years and he always said it would end like that.",
    "Not sure I agree with the author here, but it is well written.",
    "lol what did they expect",
    "You obviously did not read the story before you wrote that.",
    "Why is this news? There are far more important things going on right now.",
    "Finally somebody says what we are all thinking.",
    "I would like to see the numbers before I believe any of it.",
    "Well said, and it is about time too.",
    "The same people who cheered for it last year are now complaining, as always.",
    "Does anyone know whether this applies to the rest of the country as well?",
    "As someone who lives there I can tell you it is much worse than the media makes out.",
    "Wake up people!!!",
    "Can't wait to see how they are going to explain this one away.",
    "Taxpayers will pay for it in the end, they always do.",
    "Good on them, I say. It was never going to be easy.",
)
NOTICES = (
    "Comments are moderated and will not appear until they have been approved.",
    "Your email address will not be published. Required fields are marked *",
    "The comments below have not been moderated.",
    "The views expressed in the contents above are those of our users and do not necessarily reflect our views.",
    "We encourage everyone to share their views, but please keep it civil and stay on the topic of the article.",
)


def person(rng: Random) -> str:
    return f"{rng.choice(FIRST)} {rng.choice(LAST)}"


def day(rng: Random) -> str:
    return f"{rng.choice(MONTHS)} {rng.randint(1, 28)}, {rng.randint(2012, 2023)}"


def ago(rng: Random) -> str:
    return f"{rng.randint(2, 23)} {rng.choice(('hours', 'days', 'minutes'))} ago"


def opinion(rng: Random, topic: str, most: int = 4) -> str:
    said = rng.sample(OPINIONS, rng.randint(1, most))
    if rng.random() < 0.4:
        said.insert(rng.randrange(len(said) + 1), f"When it comes to {topic} I have seen it all before.")
    return " ".join(said)


def biography(rng: Random, who: str) -> str:
    return (
        f"{who} is a {rng.choice(('senior reporter', 'staff writer', 'columnist'))} at {rng.choice(MEDIA)} covering"
        f" {rng.choice(('politics', 'business', 'science and health'))}. {who.split()[0]} lives in"
        f" {rng.choice(TOWNS)} with two dogs. Follow {who.split()[0]} on Twitter."
    )
