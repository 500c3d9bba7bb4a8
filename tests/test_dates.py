from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.ingest.calendar_days import FIXED_HOLIDAYS
from rag.ingest.dates import find_dates
from rag.schema import DateMention

# Thursday, 15 June 2023: the week is 12 to 18 June, the month before is May, the year before 2022.
PUBLISHED = date(2023, 6, 15)

# sentence | expression | first day | last day | kind; "-" is a day that cannot be known
EXACT = """
She was born on April 3, 1987, in Lima. | April 3, 1987 | 1987-04-03 | 1987-04-03 | past
The treaty of 3 April 1987 still holds. | 3 April 1987 | 1987-04-03 | 1987-04-03 | past
It was signed on the 3rd of April, 1987. | the 3rd of April, 1987 | 1987-04-03 | 1987-04-03 | past
They met on Friday, Nov. 11, 2022, in Bali. | Friday, Nov. 11, 2022 | 2022-11-11 | 2022-11-11 | past
The log entry reads 2022-11-11. | 2022-11-11 | 2022-11-11 | 2022-11-11 | past
The form was dated 25/12/2021. | 25/12/2021 | 2021-12-25 | 2021-12-25 | past
The form was dated 25.12.2021. | 25.12.2021 | 2021-12-25 | 2021-12-25 | past
The form was dated 04/05/2021. | 04/05/2021 | - | - | past
The form was dated February 30, 2021. | February 30, 2021 | - | - | past
The summit will open on July 9, 2024. | July 9, 2024 | 2024-07-09 | 2024-07-09 | planned
The fair ran October 2-5, 2022, in Lyon. | October 2-5, 2022 | 2022-10-02 | 2022-10-05 | past
It ran from 28 December to 3 January 2022. | 28 December to 3 January 2022 | 2021-12-28 | 2022-01-03 | past
It sat between March 6 and March 10, 2023. | March 6 and March 10, 2023 | 2023-03-06 | 2023-03-10 | past
Sales fell in August 2019. | August 2019 | 2019-08-01 | 2019-08-31 | past
Sales fell in late August 2019. | late August 2019 | 2019-08-01 | 2019-08-31 | past
Sales fell in February of 2020. | February of 2020 | 2020-02-01 | 2020-02-29 | past
It rained from May to July 2021. | May to July 2021 | 2021-05-01 | 2021-07-31 | past
It snowed from December 2021 to March 2022. | December 2021 to March 2022 | 2021-12-01 | 2022-03-31 | past
In March 20 2023 the mine closed. | March 20 2023 | 2023-03-20 | 2023-03-20 | past
He ran in the 2000 Olympics. | 2000 | 2000-01-01 | 2000-12-31 | past
He won the 2000 elections. | 2000 | 2000-01-01 | 2000-12-31 | past
It was lower than 2019 levels. | 2019 | 2019-01-01 | 2019-12-31 | past
In 2000 schools were opened. | 2000 | 2000-01-01 | 2000-12-31 | past
They met on the first Sunday in March 2021. | the first Sunday in March 2021 | 2021-03-07 | 2021-03-07 | past
In 2018, the mine closed. | 2018 | 2018-01-01 | 2018-12-31 | past
The mine closed in early 2018. | early 2018 | 2018-01-01 | 2018-12-31 | past
He led the party (2009-2014) with luck. | 2009-2014 | 2009-01-01 | 2014-12-31 | past
The 2021-22 season was a poor one. | 2021-22 | 2021-01-01 | 2022-12-31 | past
They married in the 1990s. | the 1990s | 1990-01-01 | 1999-12-31 | past
The plant will be closed by 2030. | 2030 | 2030-01-01 | 2030-12-31 | planned
"""

RELATIVE = """
The minister resigned on Wednesday night. | Wednesday night | 2023-06-14 | 2023-06-14 | past
The minister resigned Monday. | Monday | 2023-06-12 | 2023-06-12 | past
The minister resigned late Friday. | late Friday | 2023-06-09 | 2023-06-09 | past
The bank said on Thursday it had lost money. | Thursday | 2023-06-15 | 2023-06-15 | past
On Thursday, he is expected to meet the king. | Thursday | 2023-06-15 | 2023-06-15 | planned
The two will meet in Oslo on Monday. | Monday | 2023-06-19 | 2023-06-19 | planned
The ship is due to sail on Friday. | Friday | 2023-06-16 | 2023-06-16 | planned
Ahead of Sunday's vote, streets were quiet. | Sunday | 2023-06-18 | 2023-06-18 | planned
The trial opens on Tuesday. | Tuesday | 2023-06-20 | 2023-06-20 | planned
The strike was called off last Saturday. | last Saturday | 2023-06-10 | 2023-06-10 | past
The museum reopens next Wednesday. | next Wednesday | 2023-06-21 | 2023-06-21 | planned
The council met on Tuesday last week. | Tuesday last week | 2023-06-06 | 2023-06-06 | past
The council votes on Tuesday of next week. | Tuesday of next week | 2023-06-20 | 2023-06-20 | planned
In a Monday statement, the firm denied it. | Monday | 2023-06-12 | 2023-06-12 | past
The parliament yesterday elected a speaker. | yesterday | 2023-06-14 | 2023-06-14 | past
The talks failed the day before yesterday. | the day before yesterday | 2023-06-13 | 2023-06-13 | past
The pope is in hospital today. | today | 2023-06-15 | 2023-06-15 | past
The shuttle will land tomorrow morning. | tomorrow morning | 2023-06-16 | 2023-06-16 | planned
Last night the roof fell in. | Last night | 2023-06-14 | 2023-06-14 | past
Two men were held this morning. | this morning | 2023-06-15 | 2023-06-15 | past
Prices rose last week. | last week | 2023-06-05 | 2023-06-11 | past
The inquiry starts next week. | next week | 2023-06-19 | 2023-06-25 | planned
Last month, the envoy flew to Cairo. | Last month | 2023-05-01 | 2023-05-31 | past
The envoy will fly to Cairo next month. | next month | 2023-07-01 | 2023-07-31 | planned
The tour earlier this month was a success. | earlier this month | 2023-06-01 | 2023-06-15 | past
A second tour will follow later this month. | later this month | 2023-06-15 | 2023-06-30 | planned
The war began last year. | last year | 2022-01-01 | 2022-12-31 | past
The plant could open early next year. | early next year | 2024-01-01 | 2024-12-31 | planned
Thousands marched over the weekend. | the weekend | 2023-06-10 | 2023-06-11 | past
Thousands marched last weekend. | last weekend | 2023-06-10 | 2023-06-11 | past
Rain is expected to return this weekend. | this weekend | 2023-06-17 | 2023-06-18 | planned
The bridge fell three days ago. | three days ago | 2023-06-12 | 2023-06-12 | past
The bridge fell two weeks ago. | two weeks ago | 2023-05-29 | 2023-06-04 | past
The bridge fell a month ago. | a month ago | 2023-05-01 | 2023-05-31 | past
The bridge fell five years ago. | five years ago | 2018-01-01 | 2018-12-31 | past
The vote is ten days from now. | ten days from now | 2023-06-25 | 2023-06-25 | planned
The visit on May 19-22 this year went well. | May 19-22 this year | 2023-05-19 | 2023-05-22 | past
The deals made between May 19 to 22 hold. | May 19 to 22 | 2023-05-19 | 2023-05-22 | past
The deals were made on November 19-22. | November 19-22 | 2022-11-19 | 2022-11-22 | past
The festival will run 3-5 August in Bath. | 3-5 August | 2023-08-03 | 2023-08-05 | planned
The pier burned down on Dec. 9. | Dec. 9 | 2022-12-09 | 2022-12-09 | past
The pier will open on 9 December. | 9 December | 2023-12-09 | 2023-12-09 | planned
He spoke on June 1 last year. | June 1 last year | 2022-06-01 | 2022-06-01 | past
He spoke on Saturday, June 3, in Rome. | Saturday, June 3 | 2023-06-03 | 2023-06-03 | past
In February, the minister visited Peru. | February | 2023-02-01 | 2023-02-28 | past
In October, the minister visited Peru. | October | 2022-10-01 | 2022-10-31 | past
The minister will visit Peru in October. | October | 2023-10-01 | 2023-10-31 | planned
He took office last December. | last December | 2022-12-01 | 2022-12-31 | past
She was elected in November last year. | November last year | 2022-11-01 | 2022-11-30 | past
"""

# Published on Thursday, 15 June 2023, as above.
TO_COME = """
Schools will remain closed until Monday. | Monday | 2023-06-19 | 2023-06-19 | planned
The report will be officially released on Friday. | Friday | 2023-06-16 | 2023-06-16 | planned
The bridge may have to be closed on Sunday. | Sunday | 2023-06-18 | 2023-06-18 | planned
The car will no longer be sold on Friday. | Friday | 2023-06-16 | 2023-06-16 | planned
The vote will go ahead as planned on Friday. | Friday | 2023-06-16 | 2023-06-16 | planned
The vote went ahead as planned on Friday. | Friday | 2023-06-09 | 2023-06-09 | past
The parade went ahead as scheduled on Friday. | Friday | 2023-06-09 | 2023-06-09 | past
He will meet the men freed on Monday. | Monday | 2023-06-12 | 2023-06-12 | past
The hearing was adjourned until Monday. | Monday | 2023-06-19 | 2023-06-19 | planned
He was remanded in custody until at least Monday. | Monday | 2023-06-19 | 2023-06-19 | planned
The firm suspended all flights through Sunday. | Sunday | 2023-06-18 | 2023-06-18 | planned
The judge gave the firm until Friday to pay. | Friday | 2023-06-16 | 2023-06-16 | planned
The match was postponed to Friday. | Friday | 2023-06-16 | 2023-06-16 | planned
The launch has been rescheduled for Monday. | Monday | 2023-06-19 | 2023-06-19 | planned
The funeral was brought forward to Saturday. | Saturday | 2023-06-17 | 2023-06-17 | planned
The match was postponed on Monday. | Monday | 2023-06-12 | 2023-06-12 | past
The road was shut until Monday, when the snow melted. | Monday | 2023-06-12 | 2023-06-12 | past
The road was not closed until Monday. | Monday | 2023-06-12 | 2023-06-12 | past
The fighting lasted until Monday. | Monday | 2023-06-12 | 2023-06-12 | past
He was in custody until Monday. | Monday | 2023-06-12 | 2023-06-12 | past
The mayor had closed the school until Monday. | Monday | - | - | past
He was held in a cell until Monday. | Monday | - | - | past
The talks were suspended until 4 July. | 4 July | 2023-07-04 | 2023-07-04 | planned
The school was closed until 5 June. | 5 June | 2023-06-05 | 2023-06-05 | past
"""

COUNTED = """
The ship sank two weeks ago Friday. | two weeks ago Friday | 2023-06-02 | 2023-06-02 | past
She died a week ago Tuesday. | a week ago Tuesday | 2023-06-06 | 2023-06-06 | past
She died a week ago, on Tuesday, in Rome. | a week ago, on Tuesday | 2023-06-06 | 2023-06-06 | past
She died a week ago Friday. | a week ago Friday | - | - | past
She died a month ago Tuesday. | a month ago Tuesday | - | - | past
The vote is a week from Friday. | a week from Friday | 2023-06-23 | 2023-06-23 | planned
Staff will strike for a week from Friday. | Friday | 2023-06-16 | 2023-06-16 | planned
The vote will be held Monday week. | Monday week | 2023-06-26 | 2023-06-26 | planned
The strike was called off Monday week. | Monday week | - | - | past
It fell the Friday before last. | the Friday before last | 2023-06-02 | 2023-06-02 | past
It fell the Thursday before last. | the Thursday before last | 2023-06-01 | 2023-06-01 | past
It fell the Monday before last. | the Monday before last | - | - | past
They will vote on the second Tuesday of November. | the second Tuesday of November | 2023-11-14 | 2023-11-14 | planned
They met on the last Friday of March. | the last Friday of March | 2023-03-31 | 2023-03-31 | past
They met on the last Friday of June. | the last Friday of June | - | - | past
The second Tuesday of November is a feast. | The second Tuesday of November | - | - | past
He was shot on Tuesday the 6th. | Tuesday the 6th | 2023-06-06 | 2023-06-06 | past
The fair will open on Tuesday, the 27th. | Tuesday, the 27th | 2023-06-27 | 2023-06-27 | planned
He was shot on Tuesday the 7th. | Tuesday the 7th | - | - | past
On Monday, the 10th shop was robbed. | Monday | 2023-06-12 | 2023-06-12 | past
In March 20 people were killed. | March | 2023-03-01 | 2023-03-31 | past
In April 15 Afghan workers were arrested. | April | 2023-04-01 | 2023-04-30 | past
On March 20 people were killed. | March 20 | 2023-03-20 | 2023-03-20 | past
"""

VAGUE = """
Fuel has been scarce in recent months. | recent months
The island has borne this for the past six decades. | the past six decades
Over the last two years, our ties have grown. | the last two years
Fuel has run short in the past weeks. | the past weeks
The law was changed two days later. | two days later
He had resigned a year earlier. | a year earlier
The town was founded more than 300 years ago. | more than 300 years ago
They had met several years ago. | several years ago
The following day, the army withdrew. | The following day
More rain may fall in the coming weeks. | the coming weeks
The ferry sails every Monday. | every Monday
He wants it done by the end of the year. | the end of the year
Wages rose in the first quarter of 2023. | the first quarter of 2023
The fires of last summer were worse. | last summer
It rained a week last Tuesday. | a week last Tuesday
The last Thursday of the month is free. | The last Thursday of the month
The castle dates from the 14th century. | the 14th century
The Jan. 6 committee has been dissolved. | Jan. 6
"""

# Sentences of our own in the manner of the news, each with the day it was published and every expression in it.
SAID = [json.loads(line) for line in (Path(__file__).parent / "dates.jsonl").read_text(encoding="utf-8").splitlines()]

NOTHING = [
    "The quake struck at around 1830 GMT.",
    "Police held more than 2000 migrants.",
    "More than 2000 were hurt.",
    "Between 1500 and 2000 fighters crossed.",
    "Output rose from 1600 to 2000 megawatts.",
    "The fire burned around 1800 hectares.",
    "The town took in the 1700 refugees.",
    "It may rain, and they march on.",
    "Theresa May said no to the deal.",
    "He waited a second and left.",
    "The Sunday Times first had the story.",
    "Shoppers queued on Black Friday at dawn.",
    "Of the 2000 people, 1,999 came home.",
    "It cost $2,020 and weighs 1500 kg.",
    "The march began in silence.",
    "He was sentenced to five years and a six-month ban.",
    "USA Today has a list.",
    "The score was 3-2 after 90 minutes.",
    "Sheffield Wednesday lost again.",
    "A decade of growth is a long time for all but decades.",
]


def rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split(" | ")] for line in table.strip().splitlines()]


SINCE_PUBLISHED = rows(RELATIVE) + rows(TO_COME) + rows(COUNTED)


def day(cell: str) -> date | None:
    return None if cell == "-" else date.fromisoformat(cell)


def dates(sentence: str, published: date | None = PUBLISHED) -> tuple[DateMention, ...]:
    return find_dates(sentence, 0, len(sentence), published)


@pytest.mark.parametrize(("sentence", "text", "first", "last", "kind"), rows(EXACT) + SINCE_PUBLISHED)
def test_an_expression_is_found_and_resolved(sentence: str, text: str, first: str, last: str, kind: str) -> None:
    (found,) = dates(sentence)
    assert (found.text, found.first, found.last, found.kind) == (text, day(first), day(last), kind)


@pytest.mark.parametrize(("sentence", "text"), rows(VAGUE))
def test_a_vague_expression_gets_no_days(sentence: str, text: str) -> None:
    (found,) = dates(sentence)
    assert (found.text, found.first, found.last, found.kind) == (text, None, None, "vague")


@pytest.mark.parametrize("row", SAID, ids=[f"{row['sentence']} {row['published']}" for row in SAID])
def test_every_expression_of_a_sentence_is_found_and_no_other(row: dict[str, Any]) -> None:
    published = row["published"] and date.fromisoformat(row["published"])
    found = [mention.to_json() for mention in dates(row["sentence"], published)]
    assert [[one["text"], one["from"], one["to"], one["kind"]] for one in found] == row["dates"]


def test_the_hour_belongs_to_its_day_only_where_they_stand_together() -> None:
    assert [found.text for found in dates("At 3 p.m. the bell rang, and on Friday it fell.")] == ["3 p.m.", "Friday"]


@pytest.mark.parametrize("sentence", NOTHING)
def test_what_only_looks_like_a_date_is_none(sentence: str) -> None:
    assert dates(sentence) == ()


@pytest.mark.parametrize(("sentence", "text", "first", "last", "_"), rows(EXACT))
def test_a_full_expression_needs_no_publication_date(sentence: str, text: str, first: str, last: str, _: str) -> None:
    (found,) = dates(sentence, None)
    assert (found.text, found.first, found.last) == (text, day(first), day(last))


@pytest.mark.parametrize(("sentence", "text", "_", "__", "kind"), SINCE_PUBLISHED)
def test_in_an_undated_article_nothing_relative_gets_a_day(
    sentence: str, text: str, _: str, __: str, kind: str
) -> None:
    (found,) = dates(sentence, None)
    assert (found.text, found.first, found.last) == (text, None, None)


def test_a_plan_is_a_plan_even_when_its_day_is_unknown() -> None:
    assert [found.kind for found in dates("It could start early next year.", None)] == ["planned"]
    assert [found.kind for found in dates("He is expected to speak on Friday.", None)] == ["planned"]


def test_the_end_of_a_span_may_be_over_or_to_come() -> None:
    begun, ended = dates("Flights were suspended from Tuesday until Friday.")
    assert (begun.first, ended.first) == (date(2023, 6, 13), None)


def test_each_day_of_a_sentence_follows_its_own_verb() -> None:
    said, planned = dates("The court said on Monday that it will rule on Friday.")
    assert (said.first, said.kind) == (date(2023, 6, 12), "past")
    assert (planned.first, planned.kind) == (date(2023, 6, 16), "planned")


@pytest.mark.parametrize("apostrophe", ["'", "’", ""])
def test_every_feast_has_its_day_however_its_apostrophe_is_written(apostrophe: str) -> None:
    for name, (month, day) in FIXED_HOLIDAYS.items():
        (found,) = dates(f"They met on {name} 2021.".replace("'", apostrophe))
        assert (found.first, found.last) == (date(2021, month, day), date(2021, month, day))


def test_a_leap_day_without_a_year_is_the_last_one_there_was() -> None:
    (found,) = dates("The child was born on Feb. 29.")
    assert found.first == date(2020, 2, 29)


def test_on_a_sunday_the_weekend_is_this_one() -> None:
    (found,) = dates("Thousands marched over the weekend.", date(2023, 6, 18))
    assert (found.first, found.last) == (date(2023, 6, 17), date(2023, 6, 18))


def test_last_month_of_january_is_december_of_the_year_before() -> None:
    (found,) = dates("Prices rose last month.", date(2023, 1, 5))
    assert (found.first, found.last) == (date(2022, 12, 1), date(2022, 12, 31))


def test_offsets_count_from_the_beginning_of_the_text() -> None:
    text = "It rained on Monday. It snowed on Tuesday."
    start = text.index("It snowed")
    (found,) = find_dates(text, start, len(text), PUBLISHED)
    assert text[found.start : found.end] == found.text == "Tuesday"


@pytest.mark.parametrize("published", [date.min, date.max, None])
def test_the_ends_of_the_calendar_are_no_error(published: date | None) -> None:
    text = "Yesterday, tomorrow, last week, next week, last year, next year, 300 years ago, in May, on Monday."
    assert len(dates(text, published)) == 9


WORDS = st.sampled_from(
    "on in the last next this two May March Monday Friday week month year ago 5 19-22 2023 1990s will said "
    ", . - ’s early past weekend 31 February 04/05/2023 of to between and every ten decades ( "
    "3 p.m. noon Christmas Eve New Year’s Years Day Valentines ’80s from 2015 spring quarter third later 19th "
    "century".split()
)


@settings(deadline=None)
@given(st.lists(WORDS, max_size=25).map(" ".join) | st.text(max_size=80), st.none() | st.dates())
def test_mentions_are_in_order_inside_the_text_and_their_days_in_order(text: str, published: date | None) -> None:
    reached = 0
    for found in dates(text, published):
        assert reached <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.text == found.text.strip()
        assert (found.first is None) == (found.last is None)
        assert found.first is None or found.last is None or found.last - found.first >= timedelta(0)
        assert found.kind in ("past", "planned", "vague")
        reached = found.end
