"""``llm-tutor prepare``: what is missing is made ready, once; what cannot be fetched is left for later."""

import json
from pathlib import Path

import pytest

from engine.errors import DownloadError
from engine.paths import DataPaths
from tests.engine.content.small_pack import write_pack
from tutor_app.__main__ import main


@pytest.fixture(autouse=True)
def _small_starter_packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_pack(tmp_path / "starters" / "plants")
    monkeypatch.setattr("engine.preparation.asset_path", lambda _: tmp_path / "starters")


@pytest.fixture
def fetched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The models that were asked for; none can be fetched."""
    asked: list[str] = []

    def fails(paths: DataPaths, models: list[object], **_: object) -> None:
        asked.extend(model.id for model in models)  # type: ignore[attr-defined]
        raise DownloadError("There is no network.", todo="Try again later.")

    monkeypatch.setattr("engine.preparation.install_models", fails)
    return asked


def test_without_a_network_the_packs_are_made_ready_and_can_be_asked(
    fetched: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["prepare"]) == 0
    shown = capsys.readouterr().out
    assert "about 190 MB" in shown
    assert "There is no network. Try again later." in shown
    assert "answers will be quotations" in shown
    assert len(fetched) == 3
    assert main(["ask", "Why are leaves green?"]) == 0


def test_a_second_time_there_is_nothing_to_do_but_the_models(
    fetched: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    main(["prepare"])
    capsys.readouterr()
    monkeypatch.setattr("engine.preparation.missing_models", lambda _: [])
    assert main(["prepare"]) == 0
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("", "")


def test_a_pack_that_the_learner_removed_stays_away(
    fetched: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    main(["prepare"])
    assert main(["packs", "remove", "plants"]) == 0
    main(["prepare"])
    capsys.readouterr()
    main(["packs", "list", "--json"])
    assert "org.example.plants" not in json.dumps(json.loads(capsys.readouterr().out))


def test_where_the_data_folder_cannot_be_made_the_way_out_is_named(
    fetched: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    assert main(["--profile", str(tmp_path / "file" / "home"), "prepare"]) == 1
    printed = capsys.readouterr()
    assert "went wrong inside" not in printed.err
    assert printed.err.count("\n") >= 2
