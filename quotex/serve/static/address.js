// Addresses: "/" is the start, "/articles/DIGEST" an article, by the beginning of its text's digest, with "#a1-q2" for
// its second quote.

const SHORT = 16; // digits of a digest
const ADDRESS = /^\/articles\/([0-9a-f]{16})$/;
const QUOTE = /^#a1-q([1-9]\d*)$/;

export const shorten = (digest) => digest.slice(0, SHORT);

export const makePath = (digest) => `/articles/${shorten(digest)}`;

export const readDigest = (path) => ADDRESS.exec(path)?.[1];

// The place of a quote, from 0.
export const makeHash = (at) => `#a1-q${at + 1}`;

export const readPlace = (hash) => Number(QUOTE.exec(hash)?.[1] ?? 0) - 1;
