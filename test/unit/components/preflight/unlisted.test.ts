import assert from "node:assert/strict";

import { readUnlisted } from "../../../../components/preflight/unlisted";
import { readConfiguration } from "../../../../configuration/load";
import type { ObjectKind, VirtualMachine } from "../../../../vcenter";
import { changed, type Changes } from "../../../support/changedConfiguration";
import { templateNameOf } from "../../../support/templateImages";
import { exampleConfiguration } from "../../../support/writtenExample";

/** Objects that are in no list, by their paths: a machine, or vCenter's type of something else. */
type Objects = Readonly<Record<string, VirtualMachine | string>>;

const machine = { name: "a template", isTemplate: true } as VirtualMachine;
const typeOfKind: Partial<Record<ObjectKind, string>> = {
  "resource pool": "ResourcePool",
  host: "HostSystem",
};

/** What is read of a vCenter that has these objects, and every question that it was asked. */
async function read(changes: Changes, objects: Objects) {
  const raw = changed(exampleConfiguration, changes);
  const { configuration, names } = readConfiguration(raw);
  const asked: string[] = [];
  const at = (path: string) => {
    const object = objects[path];
    const type = typeof object === "object" ? "VirtualMachine" : object;
    return type === undefined ? undefined : { type, id: path };
  };
  const facts = await readUnlisted(
    {
      object: (path, kind) => {
        asked.push(`${kind} ${path}`);
        const found = at(path);
        return Promise.resolve(found?.type === typeOfKind[kind] ? found : undefined);
      },
      anyObject: (path) => Promise.resolve(at(path)),
      virtualMachine: (path) => {
        asked.push(`template ${path}`);
        const found = objects[path];
        return Promise.resolve(typeof found === "object" ? found : undefined);
      },
    },
    configuration,
    names,
  );
  return { ...facts, asked, raw };
}

const prod = "/X1/host/x1_cluster_prod";
const place = 'templateImage.places["k8s-region-x1"]';
const built = {
  templateImage: {
    builtin: { ubuntu: "24.04" },
    places: { "k8s-region-x1": { resourcePool: "packer", host: "esxi-01" } },
  },
};

describe("what the preflight reads that is in no list of the inventory", () => {
  it("is each resource pool in the cluster of each zone, with what is there instead", async () => {
    const { resourcePools } = await read(
      { "regions[0].clusterConfiguration.baseResourcePool": "kubernetes" },
      {
        [`${prod}/Resources/kubernetes`]: "ResourcePool",
        "/X1/host/x1_cluster_stage/Resources/kubernetes": "VirtualApp",
      },
    );
    const at = "regions[0].clusterConfiguration.baseResourcePool";
    assert.deepEqual(resourcePools, [
      { at, path: `${prod}/Resources/kubernetes`, exists: true, instead: undefined },
      {
        ...{ at, path: "/X1/host/x1_cluster_stage/Resources/kubernetes", exists: false },
        instead: "VirtualApp",
      },
    ]);
  });

  it("is each template of instance classes, with the nodes' root disk, and what is there instead", async () => {
    const { templates, templateImages } = await read(
      { "regions[0].clusterConfiguration.masterNodeGroup.instanceClass.rootDiskSize": 60 },
      { "/X1/vm/Templates/ubuntu-24.04": machine, "/X2/vm/Templates/ubuntu-24.04": "Folder" },
    );
    assert.deepEqual(
      templates.map(({ path, rootDiskSize, machine: found, instead }) => [
        ...[path, rootDiskSize, found, instead],
      ]),
      [
        ["/X1/vm/Templates/ubuntu-24.04", 60, machine, undefined],
        // Deckhouse's own size of a root disk.
        ["/X2/vm/Templates/ubuntu-24.04", 50, undefined, "Folder"],
      ],
    );
    assert.deepEqual(templateImages, []);
  });

  it("is the template of others in every region", async () => {
    const { templateImages, asked } = await read(
      { templateImage: { existing: { template: "Templates/base" } } },
      { "/X1/vm/Templates/base": machine },
    );
    assert.deepEqual(templateImages, [
      {
        ...{ region: "k8s-region-x1", path: "/X1/vm/Templates/base", machine, places: [] },
        instead: undefined,
      },
      {
        ...{ region: "k8s-region-x2", path: "/X2/vm/Templates/base", machine: undefined },
        ...{ places: [], instead: undefined },
      },
    ]);
    assert.ok(asked.includes("template /X2/vm/Templates/base"));
  });

  it("is the template that is built, under the name that it gets, and where it has to be made its pool and host", async () => {
    const { templateImages, raw } = await read(built, { [`${prod}/Resources/packer`]: "Folder" });
    const name = templateNameOf(raw);
    assert.deepEqual(
      templateImages?.map(({ path }) => path),
      [`/X1/vm/Templates/${name}`, `/X2/vm/Templates/${name}`],
    );
    const [first, second] = templateImages;
    assert.deepEqual(first?.places, [
      {
        ...{ at: `${place}.resourcePool`, path: `${prod}/Resources/packer` },
        ...{ exists: false, instead: "Folder" },
      },
      { at: `${place}.host`, path: `${prod}/esxi-01`, exists: false, instead: undefined },
    ]);
    assert.deepEqual(second?.places, []);
  });

  it("is nothing of the place of a template that is there", async () => {
    const path = `/X1/vm/Templates/${templateNameOf(changed(exampleConfiguration, built))}`;
    const { templateImages, asked } = await read(built, { [path]: machine });
    assert.deepEqual(templateImages?.[0]?.places, []);
    assert.ok(!asked.some((question) => question.includes(prod)), asked.join("\n"));
  });

  it("is no built template where its Packer folder cannot be read, which the program tells", async () => {
    const { templateImages } = await read(
      { templateImage: { directory: { path: "no/such/folder", name: "ours" } } },
      {},
    );
    assert.equal(templateImages, undefined);
  });
});
