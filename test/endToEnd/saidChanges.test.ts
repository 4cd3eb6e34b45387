import assert from "node:assert/strict";
import {
  exampleConfiguration,
  zoneOf,
  type WrittenConfiguration,
} from "../../scripts/examples/exampleConfiguration";
import type { TestStack } from "../../scripts/lab/stack";
import { stackForAllTests } from "../support/stackForTests";

const account = "deckhouse@vsphere.local";

/** The example, and one privilege more in its role. */
function first(): WrittenConfiguration {
  const configuration = exampleConfiguration();
  configuration.role = { ...configuration.role, extraPrivileges: ["Folder.Create"] };
  return configuration;
}

/** The same with another zone for a datastore, without that privilege, and with a grant on the root alone. */
function changed(): WrittenConfiguration {
  const configuration = exampleConfiguration();
  const { datastores } = zoneOf(configuration, "k8s-zone-x1-a");
  zoneOf(configuration, "k8s-zone-x1-b").datastores.push(...datastores.splice(1));
  configuration.role = { ...configuration.role, grant: "root" };
  return configuration;
}

describe("what a preview says that up changes", () => {
  let stack: TestStack;

  stackForAllTests((made) => ({ stack } = made), { configuration: first() });

  /** What was said, without the count of what was checked. */
  const said = (messages: string): string[] =>
    messages.split("\n").filter((line) => line.trim() !== "" && !/ facts of vCenter /.test(line));

  it("is each region, zone, role and grant before the first up", async () => {
    const { messages } = await stack.plan();
    assert.match(messages, /^region k8s-region-x1: datacenter \/X1$/m);
    assert.match(messages, /^zone k8s-zone-x1-b: cluster x1_cluster_stage, 1 datastore$/m);
    assert.match(messages, /^role kubernetes with \d+ privileges is made$/m);
    assert.match(messages, /^deckhouse@vsphere\.local gets role kubernetes on /m);
  });

  it("is nothing after it", async () => {
    await stack.up();
    assert.deepEqual(said((await stack.plan()).messages), []);
  });

  for (const options of [[], ["--refresh=false"]]) {
    it(`is a sentence for each change and a warning for each danger, once: ${["plain", ...options].join(" ")}`, async () => {
      stack.configure(changed());
      const lines = said((await stack.plan(...options)).messages);
      const start = (line: string): string => line.split(": ").slice(0, 2).join(": ");
      assert.deepEqual(lines.map(start).sort(), [
        `permission of ${account} moves from /X1, /X2 to /`,
        "role kubernetes: 1 privilege fewer",
        "warning: datastore /X1/datastore/x1_lun_2 leaves zone k8s-zone-x1-a for k8s-zone-x1-b",
        `warning: permission of ${account} on / propagates to the whole vCenter`,
        "warning: role kubernetes loses 1 privilege (Folder.Create)",
        "zone k8s-zone-x1-b gains datastore /X1/datastore/x1_lun_2 (from k8s-zone-x1-a)",
      ]);
    });
  }

  it("is nothing once up has done it, and nothing is left to change", async () => {
    await stack.up();
    const { steps, messages } = await stack.plan();
    assert.deepEqual([steps, said(messages)], [[], []]);
    await stack.acceptedPreview("--expect-no-changes", "--refresh=false");
  });
});
