import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readDiscovery } from "../../../commands/discover/read";
import { mayBeOurs, plannedStack } from "../../../commands/discover/plan";
import { plainValues } from "../../../commands/discover/settings";
import { stackFileText } from "../../../commands/discover/stackFile";
import { ownKeys, readConfiguration } from "../../../configuration/load";
import { withVCenter } from "../../../vcenter";
import { Simulator } from "../../../scripts/lab/simulator";
import { knownInventories } from "../../support/discoveredInventories";
import { removeFolder, temporaryFolder } from "../../support/temporaryFolder";
import { linesOf, reportOn } from "../preflight/preparedVCenter";

describe("the file that npm run discover proposes for a bare vCenter", () => {
  for (const [name, { inventory }] of Object.entries(knownInventories)) {
    it(`passes npm run check: ${name}`, async () => {
      const folder = temporaryFolder();
      const [file, written] = [join(folder, "Pulumi.bare.yaml"), join(folder, "inventory.yaml")];
      writeFileSync(written, inventory);
      const simulator = await Simulator.start({ inventory: written });
      try {
        const { server, user } = simulator.connection;
        const facts = await withVCenter(simulator.connection, {}, async (client) =>
          readDiscovery(client, user, (category) => mayBeOurs(category, {})),
        );
        const proposal = plannedStack(facts);
        const origin = { server, user, product: facts.about.fullName, jsonSchema: "schema.json" };
        writeFileSync(file, stackFileText(proposal, origin));
        const { configuration, names } = readConfiguration(ownKeys(plainValues(file)));
        assert.ok(configuration.regions.length > 0);
        for (const { zones } of configuration.regions) {
          assert.ok(zones.length > 0);
          for (const { datastores } of zones) assert.ok(datastores.length > 0);
        }
        const wanted = { configuration, names, isReady: false, isPreview: false };
        const report = await reportOn(simulator, { ...wanted, earlier: "none" });
        assert.ok(report.facts > 0);
        assert.deepEqual(
          linesOf(report).filter((line) => line.startsWith("error")),
          [],
        );
      } finally {
        await simulator.stop();
        removeFolder(folder);
      }
    });
  }
});
