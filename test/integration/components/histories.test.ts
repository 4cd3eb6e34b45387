import assert from "node:assert/strict";
import fc from "fast-check";

import { withPrintedLines } from "../../support/printedLines";
import { History, someHistory } from "../../support/histories";

/** HISTORIES_SEED=N lives through others. */
const seed = Number(process.env["HISTORIES_SEED"] ?? 20_260_101);

describe("ten thousand histories of a stack among others", function () {
  this.timeout(600_000);

  it("never lose a tag, an attachment or a permission of others: up, destroy, leaving, taking, and what others do", async () => {
    let changes = 0;
    let kept = 0;
    await withPrintedLines(() =>
      fc.assert(
        fc.asyncProperty(someHistory, async ({ ofOthers, roleOfOthers, events }) => {
          const history = new History(ofOthers, roleOfOthers);
          for (const event of events) await history.live(event);
          changes += history.size.changes;
          kept += history.size.ofOthers;
          assert.deepEqual(history.losses, []);
        }),
        { numRuns: 10_000, seed },
      ),
    );
    // They did something, and there was something to lose.
    assert.ok(changes > 40_000, String(changes));
    assert.ok(kept > 50_000, String(kept));
  });
});
