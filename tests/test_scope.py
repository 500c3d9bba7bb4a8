"""What is told apart from a question that can be read for; news questions of every build must pass."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.questions import QUESTIONS, load_questions
from rag.answer.scope import COUNTING, OTHER_LANGUAGE, WHOLE_ARCHIVE, in_another_language, out_of_scope

NEWS = """
When did Lavrov visit Havana?
name of the white house spokesman who was asked about raisi's tour?
lavrov havana when
what is cuba short of these days
Havana?
Lula da Silva
Díaz-Canel Sánchez Petro López Obrador
maduro petro lula summit agenda
la paz protests deaths
el salvador elections los angeles times
Who is Che Guevara?
Did Kirby comment on Raisi's agenda?
Did Le Pen beat Macron in Pas-de-Calais?
Was Ursula von der Leyen in Rio de Janeiro?
how is São Paulo's mayor called
Who owns El País and Die Zeit?
Where is the Côte d'Ivoire embassy in Düsseldorf?
Which newspaper wrote "¡No pasarán!" about Zaragoza?
What does 一带一路 stand for?
Who said "Слава Україні" in parliament?
Who sang Que Sera Sera?
MIT study on war in Sudan, when?
did the dem whip die
uber fur jest dove hay
How many documents were found at Mar-a-Lago?
How many articles of the constitution were amended?
How many stories does the tower have?
How many reports did the agency publish in 2022?
Which articles of the treaty were broken?
How many shares did the story about Russia and Cuba get?
How many times has he been elected?
How often was the mayor fined?
Which documents did the FBI seize?
List the countries Raisi visited.
Name the Russian officials who went to Cuba.
list all ministers who resigned
Find the name of the pilot.
Give me the number of dead in all three attacks.
Did the summary of the UN report mention all hostages?
What overview of the whole economy did the IMF give?
Summarise what Kirby said about Iran.
What did the minister say about everything that happened?
What are the sanctions about?
Who wrote the summary of the report?
Who condensed the news archive of the BBC?
What is in the drone agreement?
Tell me everything about the fire.
Does Monthly Review share all the views in what it republishes?
iran news
""".strip().splitlines()

OTHER_LANGUAGES = """
¿Cuándo visitó Lavrov La Habana?
cuando visito lavrov la habana
Qué países visitó Raisi
Lavrov visitó La Habana en abril?
Quien es el presidente de Cuba
Quando Lavrov visitou Havana?
O que disse Raisi em Caracas?
Quando è arrivato Lavrov all'Avana?
Chi è il presidente della Bolivia
Quand Lavrov a-t-il visité La Havane ?
Quels pays Raisi a-t-il visités pendant sa tournée ?
Qu'a dit Kirby ?
Qui est le président de Cuba
Wann besuchte Lawrow Havanna?
Wer ist der Präsident von Kuba?
Welche Länder hat Raisi besucht
Wo und mit wem sprach Putin?
Wanneer was Lavrov in Havana?
Kiedy Ławrow odwiedził Hawanę?
Raisi đã đến thăm nước nào?
Lavrov Havana'yı ne zaman ziyaret etti?
När besökte Lavrov Havanna och varför?
Когда Лавров посетил Гавану?
Лавров Гавана
متى زار لافروف هافانا؟
拉夫罗夫什么时候访问哈瓦那？
Iran的总统是谁？
ラブロフはいつハバナを訪問しましたか
라브로프는 언제 아바나를 방문했습니까?
Πότε επισκέφθηκε ο Λαβρόφ την Αβάνα;
""".strip().splitlines()

SUMMARIES = """
summarise everything
Summarize all the articles
please summarise the whole archive
Can you summarise these articles for me?
Please, summarize all of it.
Give me a summary of everything
Write a brief summary of all articles.
a short overview of the corpus
summary of the news
sum up today's news
recap all the stories
TL;DR
summarise
What are these articles about?
what's in the archive?
What do the articles say?
Tell me everything.
""".strip().splitlines()

COUNTS = """
how many articles mention Iran?
How many of the articles mention Cuba?
How many articles in the archive talk about sanctions?
how many articles are there
how many articles about Iran do you have?
How many documents do you have?
which articles mention Iran?
What stories are about Venezuela?
In how many articles is Iran mentioned?
In which of the articles does Putin come up?
List all articles about Iran
please list every article
show me all the articles on Cuba
count the articles that mention Raisi
Find articles about Chevron
Which article mentions Rosneft?
How often is Iran mentioned?
How many times is Putin mentioned in the articles?
""".strip().splitlines()


@pytest.mark.parametrize("question", NEWS)
def test_a_question_of_the_news_may_be_read_for(question: str) -> None:
    assert out_of_scope(question) is None


def test_so_may_every_question_of_the_evaluation() -> None:
    asked = [question.question for question in load_questions(QUESTIONS)]
    assert [question for question in asked if out_of_scope(question)] == []


@pytest.mark.parametrize("question", OTHER_LANGUAGES)
def test_another_language_is_told(question: str) -> None:
    assert out_of_scope(question) == OTHER_LANGUAGE


@pytest.mark.parametrize("question", SUMMARIES)
def test_a_summary_of_the_whole_archive_is_told(question: str) -> None:
    assert out_of_scope(question) == WHOLE_ARCHIVE


@pytest.mark.parametrize("question", COUNTS)
def test_counting_and_listing_of_articles_is_told(question: str) -> None:
    assert out_of_scope(question) == COUNTING


@pytest.mark.parametrize("sentence", [OTHER_LANGUAGE, WHOLE_ARCHIVE, COUNTING])
def test_what_is_said_is_one_sentence(sentence: str) -> None:
    assert sentence.endswith(".")
    assert "." not in sentence[:-1]
    assert "\n" not in sentence


@given(st.text(max_size=80))
def test_any_text_gets_one_of_the_sentences_or_none(question: str) -> None:
    assert out_of_scope(question) in (None, OTHER_LANGUAGE, WHOLE_ARCHIVE, COUNTING)


@given(st.lists(st.sampled_from("Raisi Maduro Díaz-Canel Lula Petro Łukasz Østergaard Peña".split()), max_size=6))
def test_names_alone_are_no_other_language(names: list[str]) -> None:
    assert not in_another_language(f"Where were {' '.join(names)}?")
