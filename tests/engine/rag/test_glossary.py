import pytest

from engine.rag.glossary import defines
from engine.rag.question import analyse


@pytest.mark.parametrize(
    ("question", "sentence", "does"),
    [
        ("what is speed", "**Speed** is the distance travelled in each unit of time.", True),
        ("what is speed", "**Average speed** is the total distance divided by the total time.", False),
        ("what is average speed", "**Average speed** is the total distance divided by the total time.", True),
        ("what is speed", "Velocity is speed in a stated direction.", False),
        ("whats an enzyme", "Proteins called **enzymes** speed reactions up.", True),
    ],
)
def test_a_sentence_defines_what_it_has_in_bold(question: str, sentence: str, *, does: bool) -> None:
    assert defines(sentence, analyse(question)) is does
