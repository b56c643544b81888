"""Commands of digital signatures: `flask document verify FILE`, `sign`, `development-key`."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from webapp.clock import wall
from webapp.config import Settings
from webapp.signing_authority import development_authority, trusted_certificates
from webapp.ui.signature_sentences import lines, verdict

PLACES = ("ChuKy", "ConDau")
EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW = click.Path(dir_okay=False, writable=True, path_type=Path)


@click.command("verify")
@click.argument("file", type=EXISTING)
@with_appcontext
def verify(file: Path) -> None:
    """Say who signed the PDF FILE, when, and whether it was changed since; exit code 1 unless all is well."""
    from webapp.documents.signatures.validating import Unreadable, examined

    try:
        found = examined(file.read_bytes(), trusted_certificates(_settings().data_dir), wall())
    except Unreadable:
        click.echo(f"{file}: no PDF that can be read", err=True)
        sys.exit(2)
    said = verdict(found)
    click.echo(f"{said.title}\n{said.explanation}")
    for number, each in enumerate(found.signatures, 1):
        click.echo(f"\n{number}. {each.signer or each.place}")
        for name, text in lines(each):
            click.echo(f"   {name}: {text}")
    sys.exit(said.kind != "done")


@click.command("sign")
@click.argument("file", type=EXISTING)
@click.argument("out", type=NEW)
@click.option("--key", type=EXISTING, help="A PKCS#12 file (.p12, .pfx).")
@click.option("--token", nargs=3, metavar="LIBRARY TOKEN LABEL", help="A key on a PKCS#11 token.")
@click.option(
    "--place", type=click.Choice(PLACES), default=PLACES[0], help="Of a person, or the body's seal."
)
@click.option("--picture", type=EXISTING, help="PNG of the signature or the seal.")
@click.option("--reason", default="Ký ban hành", show_default=True)
@click.option("--without-time-stamp", is_flag=True, help="Although TSA_URL names a service of time stamps.")
@click.password_option("--secret", prompt="Password or PIN", confirmation_prompt=False)
@with_appcontext
def sign(
    file: Path,
    out: Path,
    key: Path | None,
    token: tuple[str, str, str] | None,
    place: str,
    picture: Path | None,
    reason: str,
    without_time_stamp: bool,
    secret: str,
) -> None:
    """Sign FILE, a paper drawn here, in one of its places; writes OUT."""
    from webapp.documents.signatures.keys import FileKey, KeyRefused, SigningKey, TokenKey
    from webapp.documents.signatures.signing import Signing, SigningRefused, clock_at, sign_visibly

    if (key is None) == (token is None):
        raise click.UsageError("either --key or --token")
    opening: SigningKey = FileKey(key.read_bytes()) if key else TokenKey(*(token or ("", "", "")))
    settings, now = _settings(), wall()
    clock = clock_at(settings.tsa_url) if settings.tsa_url and not without_time_stamp else None
    seen = picture.read_bytes() if picture else None
    try:
        with opening.opened(secret, now) as signer:
            at = now.astimezone(settings.zone)
            made = sign_visibly(
                file.read_bytes(), Signing(place, reason), signer, at, picture=seen, clock=clock
            )
    except (KeyRefused, SigningRefused) as refusal:
        click.echo(f"not signed: {refusal.code}", err=True)
        sys.exit(1)
    out.write_bytes(made)
    click.echo(f"{out}: signed")


@click.command("development-key")
@click.argument("name")
@click.argument("out", type=NEW)
@click.option("--organization", default="")
@click.password_option("--secret", prompt="Password of the file")
@with_appcontext
def development_key(name: str, out: Path, organization: str, secret: str) -> None:
    """Make a key for NAME to try signing with. What it signs HAS NO LEGAL VALUE, and says so."""
    now = wall()
    authority = development_authority(_settings().data_dir, now)
    out.write_bytes(authority.packed(name, organization, secret, now))
    click.echo(f"{out}: a key for development; what it signs has no legal value")


def _settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found


SIGNATURE_COMMANDS = (verify, sign, development_key)
