import assert from "node:assert/strict";
import fc from "fast-check";
import {
  isKnownPrivilege,
  knownPrivileges,
  packerPrivileges,
  presets,
  privilegeIds,
  readOnlyPrivileges,
  rolePrivileges,
} from "../../../../configuration/privileges";

/** How many ids of each kind there are, sorted: `Global 2`, `System 3`. */
function counts(ids: readonly string[]): string[] {
  const result = new Map<string, number>();
  for (const id of ids) {
    const [first = "", second = ""] = id.split(".");
    const kind = first === "VirtualMachine" ? `VM ${second}` : first;
    result.set(kind, (result.get(kind) ?? 0) + 1);
  }
  return [...result].map(([kind, count]) => `${kind} ${count}`).sort();
}

const sorted = (list: string): string[] => list.split(", ").sort();

describe("privileges", () => {
  it("has the seed's 118, by kind as in its document", () => {
    const ids = privilegeIds(presets.seed);
    assert.equal(new Set(ids).size, 118);
    assert.deepEqual(
      counts(ids),
      sorted(
        "System 3, Global 2, StorageProfile 1, Network 1, InventoryService 9, Datastore 3, Resource 8, VM Config 26, " +
          "VM Interact 26, VM Provisioning 15, VM Inventory 6, VM State 4, VM GuestOperations 5, VM Namespace 6, VM Hbr 3",
      ),
    );
  });

  it("has today's 85, by kind as in its document, 68 of them the seed's", () => {
    const ids = privilegeIds(presets.current);
    assert.equal(new Set(ids).size, 85);
    assert.deepEqual(
      counts(ids),
      sorted(
        "System 3, Global 2, StorageProfile 1, Network 1, Cns 1, InventoryService 10, Datastore 3, Folder 4, VApp 11, " +
          "Resource 5, VM Config 22, VM Interact 8, VM Provisioning 6, VM Inventory 4, VM State 3, VM GuestOperations 1",
      ),
    );
    const seed = new Set(privilegeIds(presets.seed));
    assert.equal(ids.filter((id) => seed.has(id)).length, 68);
  });

  it("has the three that an image build needs in addition, all of them in the seed", () => {
    const ids = privilegeIds(packerPrivileges);
    assert.equal(ids.length, 3);
    const { seed, current } = presets;
    assert.ok(ids.every((id) => privilegeIds(seed).includes(id)));
    assert.ok(ids.every((id) => !privilegeIds(current).includes(id)));
  });

  it("knows the 482 of vCenter's administrator, and nothing invented", () => {
    assert.equal(knownPrivileges.size, 482);
    assert.equal(isKnownPrivilege("Authorization.ModifyPermissions"), true);
    assert.equal(isKnownPrivilege("Datastore.browse"), false);
    assert.equal(isKnownPrivilege("toString"), false);
    assert.ok(privilegeIds(readOnlyPrivileges).every(isKnownPrivilege));
  });

  it("gives a role its preset without System, and today's when none is named", () => {
    assert.equal(rolePrivileges({ preset: "seed" }).length, 115);
    assert.equal(rolePrivileges({}).length, 82);
    assert.deepEqual(rolePrivileges({}), rolePrivileges({ preset: "current" }));
  });

  it("is sorted and without repetitions or System, whatever the order", () => {
    const ids = fc.array(fc.constantFrom(...knownPrivileges), { minLength: 1 });
    fc.assert(
      fc.property(ids, ids, (privileges, extraPrivileges) => {
        const result = rolePrivileges({ privileges, extraPrivileges });
        const wanted = new Set(
          [...privileges, ...extraPrivileges].filter((id) => !/^System\./.test(id)),
        );
        assert.deepEqual(new Set(result), wanted);
        assert.equal(result.length, wanted.size);
        assert.deepEqual(result, [...result].sort());
        assert.deepEqual(
          result,
          rolePrivileges({
            privileges: [...extraPrivileges].reverse(),
            extraPrivileges: privileges,
          }),
        );
      }),
    );
  });
});
