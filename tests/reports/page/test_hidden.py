"""What no reader sees never reaches the page, wherever it comes from."""

import json
import re

from model.analyses.decision import decision
from priors.characters import hidden
from reports.page.html import _json, render
from reports.page.templating import fill

HOSTILE = "a\x1b[2J\u202eb\u2066\x00\x9b\u200b\u2028c"


def test_data_of_scripts_hold_nothing_hidden():
    text = str(_json({"label": HOSTILE, "path": "\\u001b\n", "short": "\b\f"}))
    assert json.loads(text) == {
        "label": "a�[2J�b�����c",
        "path": "\\u001b\n",
        "short": "��",
    }
    assert not hidden(text, lines=True)


def test_a_template_shows_nothing_hidden():
    assert "a�[2J�b" in fill("page.html.j2", **_page(HOSTILE))
    assert not hidden(fill("page.html.j2", **_page(HOSTILE)), lines=True)


def _page(text):
    names = ("policy", "title", "many", "assumptions", "first", "views", "style", "footer")
    return dict.fromkeys(names, text) | {"companies": [], "rest": [], "data": {}, "scripts": []}


def test_a_run_with_hostile_attributes_has_a_page_without(made_up_run):
    run = made_up_run.copy()
    for key in ("player_labels", "type_labels"):
        labels = json.loads(run.attrs[key])
        run.attrs[key] = json.dumps(dict.fromkeys(labels, HOSTILE))
    page = render(run, decision(run) | {"priors": HOSTILE})
    own = re.sub(r"(?s)<script>.*?</script>", "", page)
    assert not hidden(own, lines=True)
    assert "\\u001b" not in own
    assert "a�[2J�b" in own
