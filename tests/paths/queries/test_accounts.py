"""Relations to the people who use the application, whose class a setting names."""

from tests.paths.projects import project
from tests.paths.queries.asked import marked, repeated

CLUB = """
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.db import models

class Branch(models.Model):
    name = models.TextField()

class Member(AbstractUser):
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT)

class Loan(models.Model):
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="loans")
    clerk = models.ForeignKey(get_user_model(), on_delete=models.PROTECT, related_name="+")
"""
NOTES = """
from django.contrib.auth.models import User
from django.db import models

class Note(models.Model):
    author = models.ForeignKey(User, on_delete=models.CASCADE)
    readers = models.ManyToManyField(User, related_name="+")
"""


def test_the_setting_leads_to_the_projects_own_class() -> None:
    code = """
def mails(request):
    return [loan.member.email for loan in Loan.objects.all()]  # <-

def branches(request):
    names = []
    for loan in Loan.objects.select_related("member"):
        names.append(loan.member.branch.name)  # <-
        names.append(loan.clerk.username)  # <-
    return names

def joined(request):
    return [loan.member.branch.name for loan in Loan.objects.select_related("member__branch")]
"""
    files = {"club.py": CLUB + code}
    assert repeated(files) == marked(files)


def test_what_leads_back_from_the_users_is_known_of_the_user_of_a_request() -> None:
    code = """
def tools(request):
    return [loan.clerk.username for loan in request.user.loans.all()]  # <-
"""
    files = {"club.py": CLUB + code}
    assert repeated(files) == marked(files)


def test_the_frameworks_own_class_is_a_table_too() -> None:
    code = """
def authors(request):
    return [note.author.username for note in Note.objects.all()]  # <-

def listed(request):
    return [note.author.username for note in Note.objects.select_related("author")]

def keys(request):
    return [note.author_id for note in Note.objects.all()]
"""
    files = {"notes.py": NOTES + code}
    assert repeated(files) == marked(files)


OF_LIBRARY = """
from django.conf import settings
from django.db import models

class Profile(models.Model):
    user = models.OneToOneField(settings.AUTH_USER_MODEL, related_name="profile", on_delete=models.CASCADE)

class Order(models.Model):
    profile = models.ForeignKey(Profile, related_name="orders", on_delete=models.CASCADE)

def mine(request):
    return [order.profile.pk for order in request.user.profile.orders.select_related("profile")]

class Line(models.Model):
    order = models.ForeignKey(Order, related_name="lines", on_delete=models.CASCADE)

def lines(request):
    return [[line.pk for line in order.lines.all()] for order in request.user.profile.orders.filter(pk__gt=3)]
"""


def test_models_of_the_project_are_reached_from_the_users_of_the_library() -> None:
    assert [one.text for one in project({"shop/models.py": OF_LIBRARY}).repeated_queries] == ["order.lines.all()"]


def test_what_leads_back_to_a_packages_users_is_asked_for_each_of_them() -> None:
    code = """
class Pass(models.Model):
    holder = models.OneToOneField(User, on_delete=models.CASCADE, related_name="pass_held")
    kind = models.ForeignKey("Kind", on_delete=models.CASCADE)

class Kind(models.Model):
    pass

def every(request):
    for note in Note.objects.select_related("author"):
        print(list(note.author.note_set.all()))  # <-
        print(note.author.pass_held.kind)  # <-
        print([group.name for group in note.author.groups.all()])  # <-
    for user in get_user_model().objects.filter(is_active=True):
        print(user.pass_held.kind)  # <-
        print(user.user_permissions.count())  # <-
    for user in User.objects.prefetch_related("groups"):
        print([group.name for group in user.groups.all()])
"""
    files = {"notes.py": NOTES.replace("import User\n", "import User\nfrom django.contrib.auth import get_user_model\n") + code}
    assert repeated(files) == marked(files)


def test_the_groups_of_the_projects_own_users_are_asked_for_each_of_them() -> None:
    code = """
def groups(request):
    return [[group.name for group in member.groups.all()] for member in Member.objects.all()]  # <-

def loaded(request):
    return [[group.name for group in member.groups.all()] for member in Member.objects.prefetch_related("groups")]
"""
    files = {"club.py": CLUB + code}
    assert repeated(files) == marked(files)
