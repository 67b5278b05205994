"""Packages that not everyone needs: loaded when they are, named when they are missing."""

import importlib
from dataclasses import dataclass
from types import ModuleType

from quotex.errors import InputError, Msg


@dataclass(frozen=True, slots=True)
class Extra:
    """One of the extras in pyproject.toml.

    Attributes:
        name: Its name there.
        package: The package it brings.
        purpose: What cannot be done without.
    """

    name: str
    package: str
    purpose: str


EXTRAS = {
    "trafilatura": Extra("html", "trafilatura", "reading HTML"),
    "lxml": Extra("html", "lxml", "reading HTML"),
    "docx": Extra("docx", "python-docx", "reading .docx"),
    "odfdo": Extra("odt", "odfdo", "reading .odt"),
    "striprtf": Extra("rtf", "striprtf", "reading RTF"),
    "pypdf": Extra("pdf", "pypdf", "reading PDF"),
    "feedparser": Extra("feeds", "feedparser", "reading feeds"),
    "pyarrow": Extra("parquet", "pyarrow", "reading Parquet"),
    "zstandard": Extra("zst", "zstandard", "unpacking zstd"),
    "charset_normalizer": Extra("encodings", "charset-normalizer", "guessing the encoding"),
}


def load_extra(module: str, path: str) -> ModuleType:
    """Import a module of an extra, for the sake of the file at `path`.

    Raises:
        InputError: Q117, it cannot be imported.
    """
    try:
        return importlib.import_module(module)
    except ImportError as err:
        extra = EXTRAS[module.partition(".")[0]]
        message = Msg.Q117.format(path=path, purpose=extra.purpose, package=extra.package, extra=extra.name)
        raise InputError(message) from err
