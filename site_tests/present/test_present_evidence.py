"""Blocks on evidence, dictionary and log of changes, worked by hand on the miniature."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from macros.derive.tally import is_on_itself, is_weak, moves, tally
from macros.derive.uses import Use, source_uses, uses
from macros.load.pages import pages, record_folders
from macros.model import FILES
from macros.present.book import Book
from macros.present.changes import change_log
from macros.present.dictionary import dictionary, required_in_words, type_in_words
from macros.present.evidence import evidence_index, not_found, traps
from macros.present.facts import FactCard, fact_list
from macros.present.sources import source_index, source_list
from macros.render.renderer import Renderer
from macros.render.site import open_site
from site_tests.conftest import Change
from site_tests.support.reading import landscape_of


@pytest.fixture(scope="module")
def book(miniature: Path) -> Book:
    return open_site(miniature).book


@pytest.fixture(scope="module")
def html(book: Book, miniature: Path) -> dict[str, str]:
    """The pages of this part of the report, as finished blocks."""
    renderer = Renderer(book)
    wanted = ("evidence/", "sources/", "belege.md", "quellen.md", "daten.md", "neues.md")
    found = {}
    for page in pages(miniature, book.landscape):
        if page.path.startswith(wanted):
            made = renderer.compose(page)
            found[page.path] = made.fill(made.markdown)
    return found


def facts_of(book: Book, home: str) -> dict[str, FactCard]:
    view = fact_list(book, record_folders(book.landscape)["evidence"][home])
    return {card.fact.id: card for card in view.facts}


def links(card: FactCard) -> dict[str, list[str]]:
    return {sort: [link.text for link in found] for sort, found in card.uses}


def test_facts_of_a_file_stand_newest_first_and_undated_ones_last(book: Book) -> None:
    # Of 2023, 2020 and 2018, in the order of the file; ws-007 is dated by its source alone, ws-005 not at all.
    order = ["ws-003", "ws-004", "ws-006", "ws-007", "ws-001", "ws-002", "ws-005"]
    assert [name for name in facts_of(book, "wire-saw") if name in order] == order


def test_uses_name_every_record_that_cites_a_fact(book: Book) -> None:
    assert uses(book.landscape)["ws-003"] == (
        Use("level", "wire-saw", "kerf-loss"),
        Use("figure", "wire-saw"),
        Use("claim", "wider-cut", is_against=True),
        Use("priority", "thin-wire"),
        Use("supplier", "saxon-saws"),
        Use("series", "width-of-the-cut"),
    )
    assert Use("page", "timeline") in uses(book.landscape)["ws-001"]
    assert Use("page", "standards") in uses(book.landscape)["ws-006"]
    assert Use("page", "measurement") in uses(book.landscape)["ws-005"]


def test_description_of_a_class_is_told_only_where_nothing_else_rests_on_the_fact(book: Book) -> None:
    assert [use.sort for use in uses(book.landscape)["ws-006"]] == ["figure", "page"]


def test_sources_know_their_facts_and_what_else_names_them(book: Book) -> None:
    assert book.landscape.facts_of["saegeblatt-2023-visit"] == ["im-002", "ws-003", "ws-004"]
    assert source_uses(book.landscape)["saegeblatt-2018-distance"] == (Use("page", "claims"),)
    assert source_uses(book.landscape)["saxon-saws-brochure"] == (Use("supplier", "saxon-saws"),)


def test_weak_is_lowest_grade_of_source_or_statement(
    book: Book, project_with: Callable[[dict[str, Change]], Path]
) -> None:
    land = book.landscape
    assert [name for name, fact in land.facts.items() if is_weak(fact, land)] == ["ws-007"]
    change = ("reliability: A", "reliability: D")
    worse = landscape_of(project_with({"data/sources/academic.yml": change}))
    assert [name for name, fact in worse.facts.items() if is_weak(fact, worse)] == ["ws-001", "ws-002", "ws-007"]


def test_company_speaks_on_itself(book: Book) -> None:
    land = book.landscape
    assert is_on_itself(land.sources["saxon-saws-brochure"], land)
    assert not is_on_itself(land.sources["vdsm-2020-market"], land)


def test_tally_counts_stale_facts_at_the_current_edition(book: Book) -> None:
    facts = [fact for fact in book.landscape.facts.values() if book.landscape.fact_homes[fact.id] == "wire-saw"]
    found = tally(facts, book.results)
    # Of 2018 and five years of life: ws-001, ws-002; market of 2020, three years: ws-006; judgement of 2020, four: none.
    assert (found.facts, found.weak, found.stale) == (7, 1, 3)


def test_index_counts_all_facts_once(book: Book) -> None:
    view = evidence_index(book)
    assert sum(home.tally.facts for _, homes in view.groups for home in homes) == len(book.landscape.facts)
    assert sum(view.totals) == len(book.landscape.facts) == sum(row.all for row in view.grid)
    grid = {row.grade: dict(zip(view.origins, row.cells, strict=True)) for row in view.grid}
    assert grid["A"]["domestic"] == 1
    assert [name for name, _ in view.groups][-1] == "Das Wafersägen als Ganzes"
    marks = dict(view.marks)
    assert marks["weak"] == 1 and marks["conflict"] == 2


def test_card_says_figure_side_source_and_doubts(book: Book, html: dict[str, str]) -> None:
    card = facts_of(book, "wire-saw")["ws-005"]
    (shown,) = re.findall(r'<li class="fact[^"]*" id="ws-005".*?</li>', html["evidence/wire-saw.md"], re.DOTALL)
    assert "<b>bis zu 36\u00a0m/s</b>" in shown
    assert "Geschwindigkeit des Drahts · Saxon Saws · ohne Jahr" in shown
    assert card.marks == ["self", "conflict"]
    assert [conflict.id for conflict in book.landscape.conflicts_of["ws-005"]] == ["narrowest-cut"]
    assert links(card) == {
        "level": ["Schnittverlust", "Genauigkeit"],
        "figure": ["Vieldrahtsäge"],
        "supplier": ["Saxon Saws"],
        "page": ["Ungemessenes"],
    }


def test_card_of_a_share_carries_its_definition_and_its_trap(book: Book) -> None:
    card = facts_of(book, "industry-localisation")["im-002"]
    assert card.fact.share and card.fact.share.counted_by == "not-stated"
    assert [trap.id for trap in book.landscape.traps_of["im-002"]] == ["share-definition"]


def test_level_is_named_with_its_class_on_other_pages_only(book: Book) -> None:
    own = links(facts_of(book, "wire-saw")["ws-001"])["level"]
    other = links(facts_of(book, "industry-localisation")["im-001"])["level"]
    assert own and not any(text.startswith("Vieldrahtsäge") for text in own)
    assert other and all(text.startswith("Vieldrahtsäge: ") for text in other)


def test_against_is_said(book: Book) -> None:
    found = dict(facts_of(book, "wire-saw")["ws-003"].uses)["claim"]
    assert [link.is_against for link in found] == [True]


def test_filter_is_left_out_where_there_is_little_to_filter(book: Book) -> None:
    assert fact_list(book, record_folders(book.landscape)["evidence"]["wire-guide"]).facets == []


def test_filter_counts_add_up(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("macros.present.facets.FEW", 3)
    facets = {
        facet.property.name: facet
        for facet in fact_list(book, record_folders(book.landscape)["evidence"]["wire-saw"]).facets
    }
    grades = {option.value: option.n for option in facets["confidence"].options}
    assert grades == {"high": 3, "medium": 3, "low": 1}
    assert {option.value: option.n for option in facets["mark"].options} == {
        "weak": 1,
        "stale": 3,
        "self": 1,
        "conflict": 2,
    }


def test_conflict_shows_each_fact_with_source_and_grade(html: dict[str, str]) -> None:
    (shown,) = re.findall(
        r'<section class="conflict" id="narrowest-cut">.*?</section>', "".join(html.values()), re.DOTALL
    )
    first, second = re.findall("<li>.*?</li>", shown)
    assert "<b>30\u00a0m/s</b>" in first and "Sägeblatt" in first and "conf-medium" in first
    assert "<b>bis zu 36\u00a0m/s</b>" in second and "Saxon Saws" in second and "conf-high" in second


def test_notes_are_parted_by_kind(book: Book) -> None:
    assert [note.id for note in not_found(book)] == ["sorters"]
    assert [note.id for note in traps(book)] == ["share-definition"]


def test_source_index_counts_kinds_grades_and_languages(book: Book) -> None:
    view = source_index(book)
    rows = {row.kind.id: row for row in view.kinds}
    assert rows["association"].n == 2 and rows["association"].cells == [0, 2, 0, 0]
    assert sum(row.n for row in view.kinds) == len(book.landscape.sources) == sum(n for _, n in view.languages)
    assert sum(row.facts for row in view.kinds) == len(book.landscape.facts)
    assert view.unlinked == 1


def test_sources_are_listed_by_publisher_and_the_usual_day_once(book: Book) -> None:
    view = source_list(book, record_folders(book.landscape)["sources"]["company"])
    assert [row.source.publisher for row in view.sources] == ["Elbe Guides", "Kitano", "Saxon Saws"]
    assert view.read == "2024-10-03"
    assert [row.read for row in view.sources] == [None, None, None]


def test_moves_pair_the_editions_point_by_point(book: Book) -> None:
    land = book.landscape
    found = {(move.owner, move.dimension): move for move in moves(land, "2018", "2024")}
    assert found["wire-saw", "kerf-loss"].kind == "narrowed"
    assert found["wire-saw", "precision"].kind == "no-longer-known"
    assert found["wire-saw", "supply"].kind == "reversed"
    assert found["industry", "service-network"].kind == "lead-lost"
    assert found["industry", "standards"].kind == "unknown"
    assert {pair: move.kind for pair, move in found.items()} == book.results.movement


def test_log_has_every_edition_newest_first(book: Book) -> None:
    newest, middle, oldest = change_log(book)
    assert (newest.edition.id, middle.edition.id, oldest.edition.id) == ("2024", "2021", "2018")
    assert oldest.counts == [] and oldest.before is None
    assert sum(n for _, n in newest.counts) == len(book.results.movement)
    assert all(move.now and move.now.moved_because for move in newest.moved)


def test_dictionary_tells_every_field_in_words(book: Book) -> None:
    kinds = {kind.name: found for kind, found in dictionary(book).kinds}
    assert list(kinds) == [kind.name for kind in FILES]
    fact = {field.name: field for field in kinds["facts"][1].fields}
    assert type_in_words(fact["value"].node) == ("number or [low, high] or text", [])
    assert type_in_words(fact["origin"].node) == ("one of", ["domestic", "imported", "both"])
    assert [required_in_words(fact[name]) for name in ("unit", "bound", "id")] == [
        "yes, or null",
        "may be left out",
        "yes",
    ]
    source = {field.name: type_in_words(field.node)[0] for field in kinds["sources"][1].fields}
    assert (source["issued"], source["URL"], source["container-title"]) == (
        "date in quotes",
        "web address",
        "text",
    )
    supplier = {field.name: type_in_words(field.node)[0] for field in kinds["suppliers"][0].fields}
    assert (supplier["parent"], supplier["aliases"], supplier["figures"]) == (
        "fields below",
        "list of texts",
        "list of entries as below",
    )
    method = {field.name: type_in_words(field.node)[0] for field in kinds["method"][0].fields}
    assert method["gap_weights"] == "number by name"


def test_pages_say_what_is_missing_and_never_none(html: dict[str, str]) -> None:
    for path, text in html.items():
        words = re.sub(r"<[^>]*>", " ", text)
        assert not re.search(r"\bNone\b|\{\{", words.replace("Keine Einträge.", "")), path


def test_source_is_one_click_from_its_fact(html: dict[str, str]) -> None:
    page = html["evidence/wire-saw.md"]
    assert 'href="../sources/company.html#saxon-saws-brochure"' in page
    assert 'href="https://saxon.example/brochure" rel="noopener"' in page
    assert 'href="../belege.html#narrowest-cut"' in page
    assert 'href="../equipment/wire-saw.html#kerf-loss"' in page
    assert 'id="ws-005"' in page


def test_source_without_address_is_shown_as_such(html: dict[str, str]) -> None:
    page = html["sources/association.md"]
    assert "source-nolink" in page and "Adresse nicht verlinkt" in page and "Nur auf Papier gesehen." in page


def test_addresses_of_conflicts_and_notes_exist(html: dict[str, str]) -> None:
    page = html["belege.md"]
    ids = re.findall(r'id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert {"narrowest-cut", "note-sorters", "note-share-definition"} <= set(ids)
