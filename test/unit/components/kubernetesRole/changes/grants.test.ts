import assert from "node:assert/strict";

import { grantTexts } from "../../../../../components/kubernetesRole/changes/grants";
import type { Role } from "../../../../../configuration";

const account = "deckhouse@vsphere.local";

function role(paths: readonly string[], principals: readonly string[] = [account]): Role {
  return {
    ...{ name: "kubernetes", privileges: [], existing: false, grantModel: "list" },
    unknownPrivileges: "refuse",
    principals: principals.map((name) => ({ name, group: false })),
    grants: paths.map((path) => ({ path, role: "full", propagate: true })),
  } as unknown as Role;
}

/** The start of a warning, up to its consequence. */
function shortened(text: string): string {
  return text.startsWith("warning: ") ? text.split(": ").slice(0, 2).join(": ") : text;
}

describe("what a preview says of permissions", () => {
  const earlier = { principals: [account], grants: ["/X1", "/X2"] };
  for (const [what, was, is, expected] of [
    [
      "granted for the first time",
      undefined,
      role(["/X1", "/X2"]),
      [`${account} gets role kubernetes on /X1, /X2`],
    ],
    [
      "granted on the root for the first time",
      undefined,
      role(["/"]),
      [`${account} gets role kubernetes on /`],
    ],
    [
      "the same in another order and spelling",
      earlier,
      role(["/X2", "X1"], ["VSPHERE.LOCAL\\deckhouse"]),
      [],
    ],
    [
      "moved to the root, from where the account may do all that it did",
      earlier,
      role(["/"]),
      [
        `permission of ${account} moves from /X1, /X2 to /`,
        `warning: permission of ${account} on / propagates to the whole vCenter`,
      ],
    ],
    [
      "moved below where they were",
      earlier,
      role(["/X1/vm", "/X2"]),
      [
        `permission of ${account} moves from /X1 to /X1/vm`,
        `warning: permission of ${account} on /X1 goes`,
      ],
    ],
    [
      "moved to an object whose name only begins like theirs",
      earlier,
      role(["/X", "/X2"]),
      [
        `permission of ${account} moves from /X1 to /X`,
        `warning: permission of ${account} on /X1 goes`,
      ],
    ],
    [
      "granted on one object more",
      earlier,
      role(["/X1", "/X2", "/X3"]),
      [`${account} gets role kubernetes on /X3`],
    ],
    [
      "taken from one",
      earlier,
      role(["/X1"]),
      [`permission of ${account} on /X2 goes`, `warning: permission of ${account} on /X2 goes`],
    ],
    [
      "those of another account",
      earlier,
      role(["/X1", "/X2"], ["new@vsphere.local"]),
      [
        "new@vsphere.local gets role kubernetes on /X1, /X2",
        `permission of ${account} on /X1, /X2 goes`,
        `warning: permission of ${account} on /X1, /X2 goes`,
      ],
    ],
    [
      "no longer wanted at all",
      earlier,
      undefined,
      [
        `permission of ${account} on /X1, /X2 goes`,
        `warning: permission of ${account} on /X1, /X2 goes`,
      ],
    ],
  ] as const) {
    it(`is told when they are ${what}`, () => {
      assert.deepEqual(grantTexts(was, is).map(shortened), expected);
    });
  }

  it("is a warning when the account only keeps the second role", () => {
    const readOnlyRole = { name: "kubernetes-read-only", privileges: [] };
    const onRoot = { path: "/", role: "readOnly", propagate: true } as const;
    assert.deepEqual(
      grantTexts(earlier, { ...role([]), readOnlyRole, grants: [onRoot] }).map(shortened),
      [
        `permission of ${account} moves from /X1, /X2 to /`,
        `warning: permission of ${account} on /X1, /X2 goes`,
        `warning: permission of ${account} on / propagates to the whole vCenter`,
      ],
    );
  });

  it("names the role of each grant", () => {
    const readOnlyRole = { name: "kubernetes-read-only", privileges: [] };
    const granted = role(["/X1"]);
    const onRoot = { path: "/", role: "readOnly", propagate: false } as const;
    const both = { ...granted, readOnlyRole, grants: [...granted.grants, onRoot] };
    assert.deepEqual(grantTexts(undefined, both), [
      `${account} gets role kubernetes, kubernetes-read-only on /, /X1`,
    ]);
  });
});
