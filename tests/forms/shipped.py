"""The shipped forms as the tests read them: loaded and resolved once, and ways to walk through them."""

from pathlib import Path

from workflows import forms

FOLDER = Path(__file__).parents[2] / "forms"
FORMS = forms.load(FOLDER)
OWN = sorted(path for path in FORMS if not path.startswith("common/"))
RESOLVED = {path: forms.resolve(FORMS, path) for path in FORMS}


def parts(schema, where="", name=""):
    """Each schema inside a schema: where, its own name, and itself."""
    yield where, name, schema
    for key, part in schema.get("properties", {}).items():
        yield from parts(part, f"{where}/{key}", key)
    if "items" in schema:
        yield from parts(schema["items"], f"{where}/items", "items")


def objects(schema):
    """Each schema of an object inside a schema."""
    return [part for _where, _name, part in parts(schema) if part.get("type") == "object"]


def conditions(schema):
    """The conditions of an object under which more is required: ({field: [values]}, [names])."""
    for rule in schema.get("allOf", ()):
        tested = {
            name: each.get("enum", [each.get("const")]) for name, each in rule["if"]["properties"].items()
        }
        assert rule["if"]["required"] == list(tested), "an absent field would meet the condition"
        yield tested, rule["then"]["required"]
