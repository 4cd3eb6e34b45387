import assert from "node:assert/strict";
import { planAdoption } from "../../../../commands/adopt/plan";
import { placeText, planJson, planText } from "../../../../commands/adopt/report";
import { AdoptionWorld } from "../../../support/adoptionWorld";

const audience = { stack: "prod", server: "vcenter.example.com" };

describe("the report of npm run adopt", () => {
  it("tells what is equal together, and what differs line by line", () => {
    const world = new AdoptionWorld();
    world.record("k8s-region", "k8s-region");
    world.record("k8s-zone-x2-b", "", world.pendingCreates);
    world.tags.splice(
      world.tags.findIndex(({ name }) => name === "k8s-region-x2"),
      1,
    );
    world.tags.find(({ name }) => name === "k8s-zone-x1-a")!.description = "a\nb";
    const plan = planAdoption(world.named, world.found(), world.state, "use");
    assert.equal(
      planText(plan, audience),
      [
        "What stack prod names, in vCenter vcenter.example.com:",
        "",
        "1 made by an interrupted run of this stack, and to be taken into its state:",
        "  zone tag: k8s-zone-x2-b",
        "",
        "6 there already, and to be used as they are (existing: true):",
        "  zone category: k8s-zone",
        "  region tag: k8s-region-x1",
        "  zone tag (2): k8s-zone-x1-b, k8s-zone-x2-a",
        "  role: kubernetes",
        "  zone tag: k8s-zone-x1-a",
        '    - description: "a\\nb", and the configuration says "Kubernetes Zone X1-A" -> stays',
        "",
        "1 in the state already:",
        "  region category: k8s-region",
        "",
        "1 not there; `pulumi up` makes them:",
        "  region tag: k8s-region-x2",
        "",
        "Nothing is changed in vCenter by this. The next `pulumi preview` shows what is left to do.",
        "",
      ].join("\n"),
    );
  });

  it("is readable with 100 zones that differ in nothing: no line is longer than 120 columns, and there are few", () => {
    const { named } = new AdoptionWorld();
    const [zone] = named.filter(({ subject }) => subject === "zone tag");
    const things = Array.from({ length: 100 }, (_, index) => ({
      ...{ named: { ...zone!, name: `k8s-zone-of-a-data-center-${index}` }, differences: [] },
      ...{ status: "found" as const, action: "use" as const },
    }));
    const text = planText(
      { way: "use", things, forgotten: [], isStale: false, isRecordLacking: false },
      audience,
    );
    const lines = text.split("\n");
    assert.ok(lines.length < 50, `${lines.length} lines`);
    assert.deepEqual(
      lines.filter((line) => line.length > 120),
      [],
    );
    for (const { named: one } of things) assert.ok(text.includes(one.name), one.name);
  });

  it("shows no name that a terminal would obey", () => {
    const world = new AdoptionWorld();
    world.tags.find(({ name }) => name === "k8s-zone-x1-a")!.description = "\u001b[2J\u202e";
    const plan = planAdoption(world.named, world.found(), world.state, "use");
    assert.doesNotMatch(planText(plan, audience), /[\u001b\u202e]/);
  });

  it("says that nothing is left", () => {
    const plan = {
      way: "use" as const,
      things: [],
      forgotten: [],
      isStale: false,
      isRecordLacking: false,
    };
    assert.match(planText(plan, audience), /Nothing is left to adopt\.\n$/);
  });

  it("says that the stack's record of its own is to be completed", () => {
    const plan = {
      ...{ way: "use" as const, things: [], forgotten: [], isStale: false, isRecordLacking: true },
    };
    const text = planText(plan, audience);
    assert.match(text, /record of its own does not name all that its state has; it is completed/);
    assert.doesNotMatch(text, /Nothing is left/);
  });

  it("says what an interrupted run may have granted with a role that exists", () => {
    const { named } = new AdoptionWorld();
    const role = named.find(({ subject }) => subject === "role")!;
    const pending = {
      ...{ urn: "urn", type: "pulumi-nodejs:dynamic/permission:Permission", id: "" },
      ...{ name: "kubernetes-deckhouse-on-/X1", outputs: {} },
    };
    const told = (isUsed: boolean): string =>
      planText(
        {
          ...{ way: "use", forgotten: [pending], isStale: false, isRecordLacking: false },
          things: [
            {
              ...{ named: { ...role, isUsed }, differences: [] },
              ...{ status: isUsed ? "used" : "in the state", action: "none" },
            },
          ],
        },
        audience,
      ).replaceAll(/\s+/g, " ");
    const said = /counts as there before this stack: the next preview names it, and it stays after/;
    assert.match(told(true), said);
    assert.doesNotMatch(told(false), said);
  });

  it("has everything for programs", () => {
    const world = new AdoptionWorld();
    world.tags.find(({ name }) => name === "k8s-zone-x1-a")!.description = "of others";
    const plan = planAdoption(world.named, world.found(), world.state, "take");
    const { things, isWorkLeft } = planJson(plan, audience) as {
      things: { name: string }[];
      isWorkLeft: boolean;
    };
    assert.equal(isWorkLeft, true);
    assert.deepEqual(
      things.find(({ name }) => name === "k8s-zone-x1-a"),
      {
        ...{ subject: "zone tag", name: "k8s-zone-x1-a", where: "regions[0].zones[0]" },
        ...{ status: "found", action: "take", obstacle: undefined },
        differences: [
          {
            what: 'description: "of others", and the configuration says "Kubernetes Zone X1-A"',
            then: "changed",
          },
        ],
      },
    );
  });

  it("writes places as the configuration's messages do", () => {
    assert.equal(placeText(["regions", 0, "zones", 1]), "regions[0].zones[1]");
    assert.equal(placeText(["categories", "zone"]), "categories.zone");
  });
});
