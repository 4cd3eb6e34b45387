import assert from "node:assert/strict";

import type { LiveView } from "../../../../../components/dynamic/liveView";
import { resolveRecorded } from "../../../../../components/regionZoneTagging/tagAttachments/resolve";
import { requireReadableTags } from "../../../../../components/regionZoneTagging/tagAttachments/situation";
import { Inventory, type ManagedObjectReference } from "../../../../../vcenter";
import { noPermission } from "../../../../support/inMemoryVCenter";
import { thrownBy } from "../../../../support/thrownBy";
import { withoutPointers } from "../../../../support/pointers";

describe("tags that no object shows", () => {
  const tags = ["a", "b", "c", "d", "e", "f"];
  const look = (count: number, error: Error): Promise<unknown> =>
    thrownBy(
      requireReadableTags(
        { tag: () => Promise.reject(error) } as unknown as LiveView,
        { actual: new Map(), tagNames: new Map(tags.map((tag) => [tag, `tag-${tag}`])) },
        new Map([["object", new Set(tags.slice(0, count))]]),
      ),
    );

  for (const [count, names] of [
    [5, "tag-a, tag-b, tag-c, tag-d, tag-e"],
    [6, "tag-a, tag-b, tag-c, tag-d, tag-e and 1 more"],
  ] as const) {
    it(`are named when the account may not read ${count} of them`, async () => {
      assert.equal(
        withoutPointers(((await look(count, noPermission("read a tag"))) as Error).message),
        `this account cannot read the tags ${names}, so nothing is known of the objects that carry them: grant it the role ` +
          "Read-only on tags by a Global Permission (System.Read), or use another account",
      );
    });
  }

  it("are not called unreadable when vCenter fails otherwise", async () => {
    const broken = new Error("broken");
    assert.equal(await look(1, broken), broken);
  });
});

describe("recorded objects whose paths are others now", () => {
  const root = { type: "Folder", id: "group-d1" };
  const datacenter = { type: "Datacenter", id: "datacenter-1" };
  const folder = { type: "Folder", id: "group-s1" };
  const datastore = { type: "Datastore", id: "datastore-1" };
  const inventory = new Inventory(root, [
    { ...datacenter, name: "X1", parent: root, folders: { datastore: folder } },
    { ...folder, name: "Datenspeicher", parent: datacenter },
    { ...datastore, name: "lun_1", parent: folder },
  ]);
  const live = {
    placeOf: (reference: ManagedObjectReference) => Promise.resolve(inventory.get(reference)),
    instanceUuid: () => Promise.resolve("uuid"),
    isHidden: () => Promise.resolve(false),
  } as unknown as LiveView;

  const present = "/X1/Datenspeicher/lun_1";
  const [there, gone] = ["Datastore:datastore-1", "Datastore:datastore-9"] as const;
  const now = `it is ${present} in vCenter now`;
  const renamedFolder = "/X1/Storage/lun_1: one of the datacenter's folders was renamed";
  const renamedObject = "/X1/Datenspeicher/old was renamed or moved";
  const taken = `${present}: another object has this path in vCenter now`;
  for (const [what, path, reference, renamings] of [
    ["the folder by vCenter's name", "/X1/datastore/lun_1", there, []],
    ["an earlier name of the folder", "/X1/Storage/lun_1", there, [`${renamedFolder}: ${now}`]],
    ["an earlier name of the object", "/X1/Datenspeicher/old", there, [`${renamedObject}: ${now}`]],
    ["an object that is gone", "/X1/datastore/gone", gone, []],
    ["an object whose path another one has", present, gone, [taken]],
  ] as const) {
    it(`are told for ${what}`, async () => {
      const found = await resolveRecorded(live, inventory, {
        categories: {},
        tags: { zone: "urn:zone" },
        // A tag that the state does not know by id takes no part.
        attachments: { [path]: "unknown + zone" },
        vCenter: "uuid",
        references: [reference],
        drift: [],
      });
      assert.deepEqual(found.renamings, renamings);
      const expected = reference === there ? [[reference, new Set(["urn:zone"])] as const] : [];
      assert.deepEqual(found.made, new Map(expected));
    });
  }
});
