import assert from "node:assert/strict";
import { liveThrough } from "../support/livedHistories";

/**
 * Eight, which take a minute; forty, which take five, in a pipeline, and by `npm run histories` (docs/design.md). Of this
 * seed, the first eight notice a permission, an attachment and a tag of others that the program would take for its own.
 */
const count = process.env["CI"] === undefined ? 8 : 40;
const seed = 155;

describe("histories of a stack among others, with the engine", function () {
  this.timeout(1_200_000);

  it("never lose a tag, an attachment, a role or a permission of others: up, adopt, destroy, leave, and what others do", async () => {
    const results = await liveThrough({ count, seed, jobs: 2 });
    assert.deepEqual(
      results.flatMap(({ losses }) => losses),
      [],
    );
    const sum = (of: (one: (typeof results)[number]) => number): number =>
      results.reduce((all, one) => all + of(one), 0);
    // They did something, and there was something to lose.
    assert.ok(sum(({ ups }) => ups) >= count);
    assert.ok(sum(({ ofOthers }) => ofOthers) >= 10 * count);
  });
});
