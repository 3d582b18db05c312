"""Requests, answers, messages."""

from registry.requests.models.registers import RequestRegister
from registry.requests.models.replies import Answer, AnswerItem, RequestMessage
from registry.requests.models.requests import InformationRequest

__all__ = ["Answer", "AnswerItem", "InformationRequest", "RequestMessage", "RequestRegister"]
