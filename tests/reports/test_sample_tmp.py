import json, pathlib
import pytest
from tests.reports.issued import *
from registry.conferences.management.commands import load_conferences
from reports.papers.issuing import take_paper
from django.core.management import call_command

def test_write(cast):
    out=pathlib.Path('/tmp/papers_out'); out.mkdir(exist_ok=True)
    c=approved(cast)
    for k in ("minutes","notice"):
        p=issued(cast,c,k)
        for f in p.files.all():
            (out/f"{k}-{f.language}.{f.file_format}").write_bytes(bytes(f.content))
    d=recorded(cast, code="gap", host_agency=None, host_agency_missing="not_stated", held_on=None, held_on_missing="not_stated", started_at=None, ended_at=None, venue_vi="", venue_en="", venue_missing="not_stated", chair_office_vi="", chair_office_en="", chair_office_missing="not_stated", minutes_en="")
    for k in ("minutes","notice"):
        for l in ("vi","en"):
            (out/f"gap-{k}-{l}.pdf").write_bytes(take_paper(conference=d,kind=k,language=l,file_format="pdf",by=cast.police_officer))
