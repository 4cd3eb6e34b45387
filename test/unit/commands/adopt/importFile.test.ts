import assert from "node:assert/strict";
import { importFile } from "../../../../commands/adopt/importFile";
import { planAdoption } from "../../../../commands/adopt/plan";
import { AdoptionWorld } from "../../../support/adoptionWorld";

const provider = { instanceUuid: "uuid", version: "4.18.2" };

function fileFor(world: AdoptionWorld, names: readonly string[]): ReturnType<typeof importFile> {
  const { things } = planAdoption(world.named, world.found(), world.state, "take");
  const taken = things.filter(({ named }) => names.includes(named.name));
  return importFile(taken, world.state, provider);
}

describe("the file for pulumi import", () => {
  it("makes the provider and the components, and imports into them, under the names of the program", () => {
    const file = fileFor(new AdoptionWorld(), ["k8s-zone", "k8s-zone-x1-a", "kubernetes"]);
    const made = { provider: "vsphere", version: "4.18.2" };
    assert.deepEqual(file, {
      nameTable: {},
      resources: [
        {
          ...{ name: "vsphere", type: "pulumi:providers:vsphere", version: "4.18.2" },
          inputs: { instanceUuid: "uuid" },
        },
        {
          ...{ name: "topology", type: "deckhouse-vsphere:index:RegionZoneTagging" },
          component: true,
        },
        {
          ...{ name: "kubernetes", type: "deckhouse-vsphere:index:KubernetesRole" },
          component: true,
        },
        {
          ...{ type: "vsphere:index/tagCategory:TagCategory", name: "topology-zone-category" },
          ...{ id: "k8s-zone", parent: "topology", ...made },
        },
        {
          ...{ type: "vsphere:index/tag:Tag", name: "topology-k8s-zone-x1-a" },
          id: '{"category_name":"k8s-zone","tag_name":"k8s-zone-x1-a"}',
          ...{ parent: "topology", ...made },
        },
        {
          ...{ type: "vsphere:index/role:Role", name: "kubernetes-role", id: "42" },
          ...{ parent: "kubernetes", ...made },
        },
      ],
    });
  });

  it("refers to those that the state has", () => {
    const world = new AdoptionWorld();
    const recorded = (type: string, name: string): string => {
      const urn = `urn:pulumi:test::project::${type}::${name}`;
      world.resources.push({ urn, type, name, id: "", outputs: {} });
      return urn;
    };
    const vsphere = recorded("pulumi:providers:vsphere", "vsphere");
    const topology = recorded("deckhouse-vsphere:index:RegionZoneTagging", "topology");
    recorded("pulumi:providers:random", "topology");
    const { nameTable, resources } = fileFor(world, ["k8s-zone", "kubernetes"]);
    assert.deepEqual(nameTable, { vsphere, topology });
    assert.deepEqual(
      resources.map(({ name }) => name),
      ["kubernetes", "topology-zone-category", "kubernetes-role"],
    );
  });
});
