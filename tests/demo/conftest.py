"""The fixture `demo`, made once for all modules of this folder."""

from tests.demo.loaded import demo, demo_database, standing_demo

__all__ = ["demo", "demo_database", "standing_demo"]
