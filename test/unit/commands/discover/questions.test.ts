import assert from "node:assert/strict";
import { plannedStack } from "../../../../commands/discover/plan";
import { askedChoices, type Prompts } from "../../../../commands/discover/questions";
import { discoveredVCenter, type VCenterWords } from "../../../support/discoveredVCenter";

/** A person who answers some questions, by how they begin, and presses Enter at all others. */
function person(answers: Readonly<Record<string, string | string[]>>): {
  prompts: Prompts;
  asked: string[];
} {
  const asked: string[] = [];
  const answer = (message: string): string | string[] | undefined => {
    asked.push(message);
    return Object.entries(answers).find(([begin]) => message.startsWith(begin))?.[1];
  };
  return {
    asked,
    prompts: {
      checkbox: async ({ message, choices }) =>
        Promise.resolve(
          (answer(message) as string[] | undefined) ??
            choices.filter(({ checked }) => checked).map(({ value }) => value),
        ),
      select: async ({ message, default: proposed }) =>
        Promise.resolve((answer(message) as string | undefined) ?? proposed ?? ""),
      input: async ({ message, default: proposed }) =>
        Promise.resolve((answer(message) as string | undefined) ?? proposed ?? ""),
    },
  };
}

const bare: VCenterWords = {
  accounts: ["deckhouse@vsphere.local"],
  datacenters: [
    {
      path: "/X1",
      clusters: { prod: 1, stage: 1 },
      datastores: { lun_1: ["prod"], lun_2: ["prod", "stage"], root: ["prod", "stage"] },
      networks: { nodes: ["prod", "stage"], public: ["prod", "stage"] },
      templates: { ubuntu: [], debian: [] },
    },
    { path: "/X2", clusters: { other: 1 }, datastores: { lun: ["other"] } },
  ],
};

describe("the questions of npm run discover", () => {
  it("come to the proposal when every answer is Enter", async () => {
    const facts = discoveredVCenter(bare);
    const { prompts } = person({});
    const { notes: _asked, ...answered } = plannedStack(
      facts,
      await askedChoices(facts, {}, prompts),
    );
    const { notes: _own, ...proposed } = plannedStack(facts);
    assert.deepEqual(answered, {
      ...proposed,
      role: { ...proposed.role, principals: [{ name: "deckhouse@vsphere.local", group: false }] },
    });
  });

  it("let a person decide everything", async () => {
    const facts = discoveredVCenter(bare);
    const { prompts, asked } = person({
      Datacenters: ["/X1"],
      Clusters: ["/X1/host/prod"],
      "Datastores for volumes": ["/X1/datastore/lun_2"],
      "Datastore of root": "lun_1",
      Network: "public",
      Template: "debian",
      Account: "k8s@corp.example.com",
    });
    const { regions, role, template } = plannedStack(facts, await askedChoices(facts, {}, prompts));
    assert.equal(asked.length, 7, asked.join("\n"));
    assert.deepEqual(
      regions.map(({ datacenter, zones, cluster }) => [
        datacenter,
        zones.map((zone) => [zone.cluster, zone.datastores]),
        cluster.network,
        cluster.rootDiskDatastore,
      ]),
      [["X1", [["prod", ["lun_2"]]], "public", "lun_1"]],
    );
    assert.deepEqual(role?.principals, [{ name: "k8s@corp.example.com", group: false }]);
    assert.equal(template, "debian");
  });

  it("do not ask what tags tell", async () => {
    const facts = discoveredVCenter({
      ...bare,
      tags: {
        "k8s-region": { x1: ["/X1", "/X1/datastore/lun_1"] },
        "k8s-zone": { a: ["/X1/host/prod", "/X1/datastore/lun_1"] },
      },
    });
    const { prompts, asked } = person({});
    await askedChoices(facts, {}, prompts);
    assert.deepEqual(
      asked.filter((message) => /^(Datacenters|Clusters|Datastores)/.test(message)),
      [],
    );
  });
});
