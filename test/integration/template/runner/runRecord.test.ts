import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";

import { repositoryRoot } from "../../../../scripts/lab/folders";
import { startProcess } from "../../../support/processes";
import { folderForEachTest } from "../../../support/temporaryFolder";

describe("the place of the one run", () => {
  let folder: string;

  folderForEachTest((made) => (folder = made));

  it("is given to one of several processes that want it at once, and never half a record", async () => {
    const count = 500;
    const program = join(repositoryRoot, "test/fixtures/template/runner/claims.ts");
    // Later than the slowest of them has started.
    const start = Date.now() + 4000;
    const processes = [1, 2, 3].map(() =>
      startProcess(process.execPath, [
        ...["--import", "tsx", program, folder, String(count), String(start)],
      ]),
    );
    try {
      const claimed = await Promise.all(
        processes.map(async ({ nextLine }) => JSON.parse(await nextLine()) as number[]),
      );
      assert.deepEqual(
        claimed.flat().sort((one, other) => one - other),
        Array.from({ length: count }, (_, index) => index),
        "each place once",
      );
      assert.equal(readdirSync(folder).length, count, "and nothing else is left");
      assert.deepEqual(await Promise.all(processes.map(({ ended }) => ended)), [0, 0, 0]);
    } finally {
      for (const each of processes) each.kill();
    }
  });
});
