from dataclasses import replace

from models_manifest.evidence.candidates import Found
from models_manifest.evidence.folds import folds
from models_manifest.evidence.lists import draw, examples
from tests.models_manifest.evidence.samples import RECIPE, corpus, found

EVERYTHING = [4, 0, 1, 6, 2, 3, 5, 8, 7, 10, 9, 11]


def all_found(count: int = 6) -> list[Found]:
    return [found(EVERYTHING, f"question {at}") for at in range(count)]


def test_a_sentence_that_holds_an_answer_is_never_learnt_as_wrong() -> None:
    texts = corpus()
    chosen = examples([(texts, all_found())], without=frozenset())
    for listed in draw(chosen, RECIPE):
        asked = texts.questions[int(listed.question.split()[1])]
        right = {texts.sentences[at] for at in asked.holding}
        assert listed.answered == asked.answerable
        assert not right & set(listed.sentences[int(listed.answered) :])
        assert not listed.answered or listed.sentences[0] in right
        assert len(set(listed.sentences)) == len(listed.sentences) <= RECIPE.list_length


def test_school_questions_have_short_lists_with_few_sentences_of_the_right_passage() -> None:
    texts = corpus("physics")
    recipe = replace(RECIPE, school_list_length=3, school_own_passage=1)
    chosen = examples([(texts, all_found())], without=frozenset())
    for listed in draw(chosen, recipe):
        asked = texts.questions[int(listed.question.split()[1])]
        wrong = listed.sentences[int(listed.answered) :]
        assert len(listed.sentences) <= 3
        assert sum(one.passage in asked.passages for one in wrong) <= 1


def test_drawing_depends_on_the_seed_alone() -> None:
    chosen = examples([(corpus(), all_found())], without=frozenset())
    assert draw(chosen, RECIPE) == draw(chosen, RECIPE)
    assert draw(chosen, RECIPE) != draw(chosen, replace(RECIPE, seed=1))


def test_a_part_of_a_pass_is_a_part_of_its_lists() -> None:
    chosen = examples([(corpus(), all_found())], without=frozenset())
    assert len(draw(chosen, replace(RECIPE, passes=2.5))) == 2.5 * len(
        draw(chosen, replace(RECIPE, passes=1))
    )


def test_golden_questions_left_out_groups_and_repeated_questions_are_not_learnt_from() -> None:
    texts = corpus()
    golden = replace(texts, questions=tuple(replace(one, golden=True, id="g") for one in texts.questions))
    chosen = examples(
        [(texts, all_found()), (texts, all_found()), (golden, all_found())], without=frozenset({"article-1"})
    )
    assert [one.asked.id for one in chosen] == ["squad_v2-0", "squad_v2-2", "squad_v2-3", "squad_v2-5"]


def test_an_article_of_two_sets_is_in_one_fold_and_each_pack_in_its_own() -> None:
    placed = folds([corpus("squad_v2"), corpus("squad_v1_1")])
    assert set(placed) == {"article-0", "article-1", "article-2", "algebra", "physics", "biology"}
    assert {placed[name] for name in ("algebra", "physics", "biology")} == {0, 1, 2}
    assert len({placed[f"article-{at}"] for at in range(3)}) == 3
