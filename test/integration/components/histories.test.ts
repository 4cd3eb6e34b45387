import assert from "node:assert/strict";
import fc from "fast-check";

import { History, someHistory } from "../../support/histories";
import { WorldInMemory } from "../../support/historyInMemory";
import { withPrintedLines } from "../../support/printedLines";

/** HISTORIES_SEED=N lives through others. */
const seed = Number(process.env["HISTORIES_SEED"] ?? 20_260_101);

describe("ten thousand histories of a stack among others", function () {
  this.timeout(600_000);

  it("never lose a tag, an attachment or a permission of others: up, destroy, leaving, taking, and what others do", async () => {
    let changes = 0;
    let kept = 0;
    await withPrintedLines(() =>
      fc.assert(
        fc.asyncProperty(someHistory(3, 14), async (written) => {
          const world = new WorldInMemory(written);
          const history = await History.begin(world);
          for (const event of written.events) await history.live(event);
          changes += world.changes;
          kept += history.ofOthers;
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
