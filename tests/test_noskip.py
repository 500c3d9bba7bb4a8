from __future__ import annotations

import pytest

pytest_plugins = ["pytester"]

TESTS = """
import pytest

def test_runs(): pass

@pytest.mark.skip(reason="no browser")
def test_marked(): pass

def test_skips_itself(): pytest.skip("no model")

@pytest.mark.xfail
def test_known_to_fail(): assert False
"""


def test_every_kind_of_skip_fails_and_says_why(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(TESTS)
    run = pytester.runpytest("-p", "tests.noskip", "-rfE")
    run.assert_outcomes(passed=1, failed=1, errors=1, xfailed=1)
    run.stdout.fnmatch_lines_random(["*no browser (a skip is a failure here)*", "*no model (a skip is a*"])


def test_a_module_that_skips_itself_fails_too(pytester: pytest.Pytester) -> None:
    pytester.makepyfile('import pytest\npytest.importorskip("no_such_module")')
    assert pytester.runpytest("-p", "tests.noskip").ret == pytest.ExitCode.INTERRUPTED


def test_without_the_plugin_a_skip_is_a_skip(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(TESTS)
    pytester.runpytest().assert_outcomes(passed=1, skipped=2, xfailed=1)
