"""Names of fields of which nobody can say that they are the ones to mend."""

from tests.paths.projects import project

FLAGS = """
from django.db import models

class Order(models.Model):
    is_open = models.BooleanField()
    is_paid = models.BooleanField()

class Line(models.Model):
    open = models.BooleanField()
"""


def test_a_flag_that_has_two_names_once_each_is_told_with_little_confidence() -> None:
    more = FLAGS + "\nclass Parcel(models.Model):\n    is_open = models.BooleanField()\n"
    assert [(one.name, one.sure) for one in project({"models.py": FLAGS}).naming.misnamed()] == [("open", False)]
    assert [(one.name, one.sure) for one in project({"models.py": more}).naming.misnamed()] == [("open", True)]


SCENES = """
from pydantic import BaseModel

class Mesh(BaseModel):
    material_type: str
    flatShading: bool
    polygonOffset: bool
    sheenColor: str
    sheenRoughness: float

class Light(BaseModel):
    material_type: str
    castShadow: bool
    lightColor: str
    lightMap: str
    shadowBias: float
"""
STYLED = "\n".join(f"    field_{name}: str" for name in "abcdefghijklmnop")


def test_a_file_that_spells_out_another_format_may_have_one_name_of_its_own_in_each_class() -> None:
    files = {"scenes.py": SCENES, "orders.py": f"from pydantic import BaseModel\n\nclass Order(BaseModel):\n{STYLED}\n"}
    found = project(files).naming.misnamed()
    assert [one.name for one in found][:1] == ["flatShading"]
    assert not any(one.sure for one in found)
