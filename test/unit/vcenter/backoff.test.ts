import assert from "node:assert/strict";
import fc from "fast-check";
import { backoffDelay, retryAfterMilliseconds } from "../../../vcenter/backoff";

describe("the wait between attempts", () => {
  it("doubles with each attempt", () => {
    assert.deepEqual(
      [1, 2, 3].map((made) => backoffDelay(500, made, 0)),
      [500, 1000, 2000],
    );
  });

  it("is between half and all of that, and never above ten seconds", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 5000 }),
        fc.integer({ min: 1, max: 40 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (base, made, random) => {
          const full = Math.min(base * 2 ** (made - 1), 10_000);
          const delay = backoffDelay(base, made, random);
          assert.ok(delay >= Math.floor(full / 2) && delay <= full);
        },
      ),
    );
  });
});

describe("Retry-After", () => {
  const now = Date.parse("2026-01-01T00:00:00Z");
  for (const [header, expected] of [
    ["7", 7000],
    [" 7 ", 7000],
    ["Thu, 01 Jan 2026 00:00:30 GMT", 30_000],
    ["Wed, 31 Dec 2025 00:00:00 GMT", 0],
    ["soon", undefined],
    ["", undefined],
    [undefined, undefined],
  ] as const) {
    it(`reads ${JSON.stringify(header)}`, () => {
      assert.equal(retryAfterMilliseconds(header, now), expected);
    });
  }
});
