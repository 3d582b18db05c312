"""Requests, answers, messages."""

from registry.requests.models.registers import RequestRegister
from registry.requests.models.replies import Answer, AnswerEditor, AnswerItem, RequestMessage
from registry.requests.models.requests import InformationRequest, RequestEditor

__all__ = [
    "Answer",
    "AnswerEditor",
    "AnswerItem",
    "InformationRequest",
    "RequestEditor",
    "RequestMessage",
    "RequestRegister",
]
