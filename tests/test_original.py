from __future__ import annotations

import zipfile
from pathlib import Path

from rag.ingest.readers import read
from tests.documents import only
from ui.original import SHOWN_BYTES, Original, as_it_came


def test_a_text_is_shown_byte_for_byte(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<script>1</script>\n<p>Été</p>", encoding="utf-8")

    assert as_it_came(str(path)) == Original("<script>1</script>\n<p>Été</p>", f"As it came: {path}")


def test_a_long_file_is_cut_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Line.\n" * 100_000)
    came = as_it_came(str(path))

    assert len(came.text) == SHOWN_BYTES
    assert came.remark == f"As it came, its beginning: {path}"


def test_a_cut_between_the_bytes_of_a_letter_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("a" + "é" * SHOWN_BYTES, encoding="utf-8")

    assert set(as_it_came(str(path)).text[:100_000]) == {"a", "é"}


def test_an_article_in_a_zip_or_list_is_read_out_of_it(tmp_path: Path) -> None:
    zipped, listed = tmp_path / "a.zip", tmp_path / "a.jsonl"
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("one.txt", "First story.")
        archive.writestr("two.txt", "Second story.")
    listed.write_text('{"text": "First story."}\n{"text": "Second story."}\n')

    assert as_it_came(f"{zipped}!/two.txt").text == "Second story."
    assert as_it_came(f"{listed}!/2").text == "Second story."
    assert "this was read out of it" in as_it_came(f"{zipped}!/two.txt").remark
    assert as_it_came(f"{zipped}!/three.txt") == Original("", f"It is not in the file any more: {zipped}!/three.txt")


def test_of_a_pdf_the_text_is_shown(tmp_path: Path) -> None:
    from fpdf import FPDF

    path = tmp_path / "a.pdf"
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("helvetica", size=12)
    pdf.multi_cell(0, text="The bridge was closed on Tuesday.")
    pdf.output(str(path))

    assert as_it_came(str(path)).text == only(read(path)).text


def test_what_is_not_there_is_said_to_be_gone(tmp_path: Path) -> None:
    assert as_it_came(f"{tmp_path}/a.txt") == Original("", f"The file is not there any more: {tmp_path}/a.txt")
    assert as_it_came(str(tmp_path)).text == ""
    assert as_it_came("https://example.org/a").remark.startswith("It was fetched from https://example.org/a")
