"""Pairs of code that share a shape or an idiom and are no copies of each other."""

LOOKALIKES: dict[str, tuple[str, str]] = {
    "constructors that store their arguments": (
        "class A:\n    def __init__(self, host, port, user, password, timeout, retries, pool, name):\n"
        + "".join(f"        self.{n} = {n}\n" for n in "host port user password timeout retries pool name".split()),
        "class B:\n    def __init__(self, title, body, author, tags, created, updated, slug, draft):\n"
        + "".join(f"        self.{n} = {n}\n" for n in "title body author tags created updated slug draft".split()),
    ),
    "command lines": (
        "def options(parser):\n" + "".join(f"    parser.add_argument('--{n}', help='{n} of it')\n" for n in "abcdefghij"),
        "def flags(parser):\n" + "".join(f"    parser.add_argument('--{n}', help='the {n}')\n" for n in "klmnopqrst"),
    ),
    "fields of models": (
        "class Book(Model):\n"
        + "".join(f"    {n} = models.CharField(max_length=100)\n" for n in "title isbn author publisher place genre".split()),
        "class Room(Model):\n"
        + "".join(f"    {n} = models.CharField(max_length=80)\n" for n in "name floor wing key phone owner".split()),
    ),
    "enumerations": (
        "class Colour(Enum):\n" + "".join(f"    C{n} = 'c{n}'\n" for n in range(30)),
        "class State(Enum):\n" + "".join(f"    S{n} = 's{n}'\n" for n in range(30)),
    ),
    "tables of data": (
        "RATES = {\n" + "".join(f"    'k{n}': ({n}, 'x'),\n" for n in range(40)) + "}\n",
        "NAMES = {\n" + "".join(f"    'n{n}': ({n * 3}, 'y'),\n" for n in range(40)) + "}\n",
    ),
    "imports": (
        "".join(f"import a{n}\nfrom b{n} import c{n}\n" for n in range(20)),
        "".join(f"import a{n}\nfrom b{n} import c{n}\n" for n in range(20)),
    ),
    "docstrings and licences": (
        '"""Licence.\n' + "Permission is hereby granted.\n" * 20 + '"""\nA = 1\n',
        '"""Licence.\n' + "Permission is hereby granted.\n" * 20 + '"""\nB = 2\n',
    ),
    "a sum and a search": (
        "def total(rows, tax):\n    result = 0\n    for row in rows:\n        if row.active:\n"
        "            result += row.price * tax\n"
        "        elif row.deleted:\n            result -= row.refund\n    return round(result, 2)\n",
        "def longest(words, least):\n    best = ''\n    for word in words:\n        if len(word) > least:\n"
        "            best = max(best, word, key=len)\n        elif word.isupper():\n            best = word.lower()\n"
        "    return best.strip()\n",
    ),
    "two views of one framework": (
        "def show(request, pk):\n    book = get_object_or_404(Book, pk=pk)\n    if not request.user.can_read(book):\n"
        "        return forbidden(request)\n    return render(request, 'book.html', {'book': book})\n",
        "def invite(request, token):\n    guest = find_guest(token, expired=False)\n    if guest is None:\n"
        "        messages.error(request, 'gone')\n        return redirect('start')\n    guest.accept(request.user)\n"
        "    send_welcome.delay(guest.pk)\n    return redirect(guest.event)\n",
    ),
    "tests of two things": (
        "def test_a(client):\n    answer = client.get('/a')\n"
        "    assert answer.status_code == 200\n    assert 'x' in answer.text\n",
        "def test_b(client):\n    answer = client.get('/b')\n"
        "    assert answer.status_code == 404\n    assert 'y' in answer.text\n",
    ),
    "classes that declare": (
        "class Orders(ListView):\n    model = Order\n    template_name = 'o.html'\n    paginate_by = 50\n    permission = 1\n"
        "    def get_context_data(self, **kwargs):\n        ctx = super().get_context_data(**kwargs)\n        ctx['tab'] = 1\n",
        "class Rooms(ListView):\n    model = Room\n    template_name = 'r.html'\n    paginate_by = 20\n    permission = 2\n"
        "    def get_context_data(self, **kwargs):\n        ctx = super().get_context_data(**kwargs)\n        ctx['wing'] = 2\n",
    ),
    "heads and first lines of commands": (
        "def component_removal(pk: int, uid: int, *, force: bool = False, reason: str | None = None) -> None:\n"
        "    user = User.objects.get(pk=uid)\n    try:\n        component = Component.objects.get(pk=pk)\n"
        "    except Component.DoesNotExist:\n        return\n    component.acting_user = user\n"
        "    if force:\n        component.unlock()\n    log.info('%s: %s', component, reason)\n    component.delete()\n",
        "def category_removal(pk: int, uid: int, *, force: bool = False, reason: str | None = None) -> None:\n"
        "    user = User.objects.get(pk=uid)\n    try:\n        category = Category.objects.get(pk=pk)\n"
        "    except Category.DoesNotExist:\n        return\n    for child in category.children.all():\n"
        "        child.move_to(category.parent)\n    category.mark(user, reason, deleted=True)\n"
        "    if not force:\n        warn(user)\n    category.save(update_fields=['state'])\n",
    ),
    "registrations": (
        "def ready(registry):\n" + "".join(f"    registry.add({n.upper()}Handler, '{n}')\n" for n in "abcdefghijkl"),
        "def setup(router):\n" + "".join(f"    router.put({n.upper()}View, '{n}')\n" for n in "mnopqrstuvwx"),
    ),
    "two parsers": (
        "def read_date(text):\n    parts = text.split('-')\n    if len(parts) != 3:\n        raise ValueError(text)\n"
        "    year, month, day = map(int, parts)\n    return date(year, month, day)\n",
        "def read_size(text):\n    match = SIZE.match(text)\n    if match is None:\n        raise SizeError(text)\n"
        "    number, unit = match.groups()\n    return float(number) * UNITS[unit]\n",
    ),
}  # fmt: skip
