"""Codes such as 999 that count as answers of a survey although they usually stand for none."""

import numpy as np

from primacy.evidence.errors import listed, shortened
from primacy.evidence.importers._respondents import Respondents
from primacy.evidence.mapped.no_answers import perhaps_no_answers
from primacy.evidence.mapped.survey_design import Design, Question
from primacy.framework.saying import Said, said

LARGE_PART = 0.05  # of the answers to a question of which shares are told
MOST_QUESTIONS, MOST_CODES = 6, 4  # in one note


def codes_counted(respondents: Respondents, design: Design) -> list[Said]:
    """One note on all questions of which such codes are a large part; of means any is, because a 999 moves them far."""
    told = [
        each for name, question in design.questions.items()
        if (each := _of_question(name, question, respondents, design)) is not None
    ]  # fmt: skip
    return [said("evidence/survey.codes-counted", questions=listed(told, MOST_QUESTIONS))] if told else []


def _of_question(name: str, question: Question, respondents: Respondents, design: Design) -> Said | None:
    code, text = respondents.answers(question.column or name)
    counted = np.bincount(code, minlength=len(text)).tolist()
    outside = {"", *design.missing}
    counts = {each: count for each, count in zip(text, counted, strict=True) if count and each not in outside}
    # what is named among the answers that count was decided by a person
    codes = {each: count for each, count in perhaps_no_answers(counts).items() if each not in question.share}
    count, whole = sum(codes.values()), sum(counts.values())
    if not count or (not question.mean and count < LARGE_PART * whole):
        return None
    told = {each: number for each, number in codes.items() if number >= design.least}
    if not told:
        return said("evidence/survey.few-codes-of", question=name, least=design.least)
    shown = tuple(shortened(each, 30) for each in told)[:MOST_CODES]
    return said("evidence/survey.codes-of", question=name, codes=shown, count=sum(told.values()), whole=whole)
