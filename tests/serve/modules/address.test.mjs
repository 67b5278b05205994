// What an address says, and how one is made.
import assert from "node:assert/strict";
import { test } from "node:test";
import { makeHash, makePath, readDigest, readPlace } from "../../../quotex/serve/static/address.js";

const DIGEST = "0123456789abcdef".repeat(4);

test("an article is found again by its address", () => {
  assert.equal(makePath(DIGEST), "/articles/0123456789abcdef");
  assert.equal(readDigest(makePath(DIGEST)), "0123456789abcdef");
});

test("the start and what is no digest have none", () => {
  for (const path of ["/", "/articles/", "/articles/0123456789ABCDEF", `/articles/${DIGEST}`, "/docs"]) {
    assert.equal(readDigest(path), undefined);
  }
});

test("quotes are counted from 1 in an address, and from 0 in the work", () => {
  assert.equal(makeHash(1), "#a1-q2");
  assert.equal(readPlace(makeHash(11)), 11);
  for (const hash of ["", undefined, "#a1-q", "#a1-q0", "#a1-q-1", "#a1-q2x", "#desk"]) assert.equal(readPlace(hash), -1);
});
