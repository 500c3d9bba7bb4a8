"""Stories that newsrooms write from one template: the same words each time, and never the same story."""

from __future__ import annotations

from random import Random

from eval.copies import Story

_TOWNS = """Ellery Norwick Hamden Portsea Lindale Stokeley Marfield Upwell Carrick Dunmore Easton Farley Glenrock Hexton
    Ironbridge Jarrow Kelso Ludworth Milbury Netherby""".split()
_PEOPLE = """Bell Okoro Ruiz Haddad Novak Silva Tanaka Moreau Lindqvist Abebe Castillo Dufour Eriksen Fontaine Greco
    Horvat Ivanov Jansen Kowalski Larsen""".split()
_FIRMS = "Arden Borealis Calder Deltona Everline Fairmont Granite Halcyon Inverness Juniper Keystone Lumen".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_SKIES = "sunny cloudy overcast foggy rainy stormy clear hazy windy snowy".split()
_MOVES = "rose fell climbed slipped gained dropped advanced retreated".split()
_DEEDS = "robbery burglary stabbing shooting assault arson fraud carjacking".split()
_PLACES = "shop bank pub park station school church warehouse garage hotel".split()

MATCH = """{a} beat {b} {x}-{y} on {day} in front of a crowd that sang from the first minute to the last. {p} opened the
scoring after {m} minutes with a shot from the edge of the box that left the goalkeeper without a chance, and from then
on the visitors never looked like coming back into the game. The attendance was {big}, the best of the season so far,
and the manager of the home side said that he was proud of his players and that there was a long way to go. {q} was
shown a yellow card in the second half for a late challenge. The home side are now in place {z} of the table with {n}
points, while the visitors stay in place {w}. They play again on {day2}, when they travel to {c}."""

MARKET = """Stocks {move} on {day} as investors weighed the latest figures on jobs and prices. The main index {move2}
{n} points, or {x}.{y} percent, to close at {big}. The broader index {move} {m} points and the technology index {move2}
{z}.{w} percent. Shares of {f} {move} {n2} percent after the company reported quarterly results, while {g} {move2} {m2}
percent. Oil traded at {z2} dollars a barrel and gold at {big2} dollars an ounce. The yield on the ten-year note stood
at {x2}.{y2} percent. Analysts said that trading was thin and that investors were waiting for the central bank, which
meets on {day2}."""

WEATHER = """The weather in {a} on {day} will be {sky} in the morning and {sky2} later in the day. Expect a high of
{n} degrees and a low of {m} degrees, with winds of up to {z2} miles an hour from the coast. The chance of rain is {n2}
percent. On {day2} it will be {sky3}, with temperatures near {m2} degrees. Drivers are asked to take care on the roads
in the early hours, and people with allergies should know that the pollen count is expected to be {level}. The sun rises
at {x}.{n3} and sets at {y}.{m3}. For more on the weather where you live, see our page for the week ahead."""

EARNINGS = """{f} reported a profit of {n} million dollars for the {quarter} quarter, up from {m} million dollars in the
same period a year before. The company, based in {a}, said it had profit of {x}.{n2} dollars a share. Earnings, adjusted
for one-time gains and costs, came to {y}.{m2} dollars a share. The results {beat} the expectations of Wall Street. The
average estimate of {z} analysts was for earnings of {w}.{n3} dollars a share. The company posted revenue of {big}
million dollars in the period, which also {beat} the forecasts. For the current quarter, the company expects revenue in
the range of {big2} million dollars. Its shares have {moved} {m3} percent since the beginning of the year."""

CRIME = """Police in {a} are looking for witnesses after a {deed} at a {place} on {day} night. Officers were called to
{q} Street at about {x}.{n2} p.m. A {n}-year-old man was taken to hospital with injuries that are not thought to be
life-threatening, and a {m}-year-old {who} was arrested on suspicion of {deed}. Detective {p} of the {b} force said that
officers would stay in the area over the coming days and that there was no wider risk to the public. Anyone with
information is asked to call the police and to quote the reference {big}. Information can also be given without a name
to the charity that passes it on."""

OBITUARY = """{p}, who taught at the school in {a} for {n} years, has died at the age of {m2}. Born in {b} in 19{n3},
{who2} moved to {c} as a child and was known for {who3} love of {hobby}. Friends said that {who2} would be missed by all
who knew {who4}. {p} leaves {x} children and {y} grandchildren. The funeral will be held on {day} at {z} in the morning
at the church in {q} Street, and the family asks for donations to the {place} in {a} instead of flowers."""

TEMPLATES = {
    "match": MATCH,
    "market": MARKET,
    "weather": WEATHER,
    "earnings": EARNINGS,
    "crime": CRIME,
    "obituary": OBITUARY,
}


def make_templated(each: int, seed: int) -> list[Story]:
    """`each` stories from every template, every one a family of its own."""
    return [
        Story(f"{name}-{n}", f"{name}-{n}", "template", fill(template, Random(f"{seed} {name} {n}")))
        for name, template in TEMPLATES.items()
        for n in range(each)
    ]


def fill(template: str, dice: Random) -> str:
    towns, people, firms = dice.sample(_TOWNS, 3), dice.sample(_PEOPLE, 2), dice.sample(_FIRMS, 2)
    days, skies, moves = dice.sample(_DAYS, 2), dice.sample(_SKIES, 3), dice.sample(_MOVES, 2)
    he = dice.random() < 0.5
    return " ".join(template.split()).format(
        **dict(zip("abc", towns, strict=True)),
        **dict(zip("pq", people, strict=True)),
        **dict(zip("fg", firms, strict=True)),
        **dict(zip(("day", "day2"), days, strict=True)),
        **dict(zip(("sky", "sky2", "sky3"), skies, strict=True)),
        **dict(zip(("move", "move2"), moves, strict=True)),
        **{key: dice.randint(1, 9) for key in "x y z w x2 y2".split()},
        **{key: dice.randint(11, 98) for key in "n m n2 m2 z2 n3 m3".split()},
        **{key: dice.randint(1000, 29999) for key in ("big", "big2")},
        level=dice.choice(("low", "moderate", "high")),
        quarter=dice.choice(("first", "second", "third", "fourth")),
        beat=dice.choice(("beat", "missed", "met")),
        moved=dice.choice(("risen", "fallen", "climbed", "slipped")),
        deed=dice.choice(_DEEDS),
        place=dice.choice(_PLACES),
        hobby=dice.choice(("gardening", "chess", "football", "birds", "choral music", "steam engines")),
        who="man" if he else "woman",
        who2="he" if he else "she",
        who3="his" if he else "her",
        who4="him" if he else "her",
    )
