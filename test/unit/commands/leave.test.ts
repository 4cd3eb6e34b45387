import assert from "node:assert/strict";
import type { StateResource } from "../../../commands/engineState";
import { staysText } from "../../../commands/leave/stays";

function resource(type: string, outputs: StateResource["outputs"], name = "n"): StateResource {
  return { urn: `urn:pulumi:s::p::${type}::${name}`, type, id: "1", name, outputs };
}

const tag = (name: string): StateResource => resource("vsphere:index/tag:Tag", { name });

describe("what npm run leave says", () => {
  it("is what stays in vCenter, by kind", () => {
    const resources = [
      resource("pulumi:pulumi:Stack", {}),
      resource("vsphere:index/tagCategory:TagCategory", { name: "k8s-zone" }),
      ...[tag("a"), tag("b\u001b")],
      resource("pulumi-nodejs:dynamic/tagAttachments:TagAttachments", {
        attachments: { "/X1": "a + b", b: ["/X1", "/X2"] },
      }),
      resource("vsphere:index/role:Role", { name: "kubernetes" }),
      resource("pulumi-nodejs:dynamic/permission:Permission", { principal: "u@d", path: "/X1" }),
      resource("pulumi-nodejs:dynamic/templateLookup:TemplateLookup", { path: "/X1/vm/t" }),
    ];
    assert.equal(
      staysText("prod", { resources, pendingCreates: [resource("x", {}, "topology-c")] }),
      [
        "The state of stack prod holds this. All of it stays in vCenter, and the stack forgets it:",
        "  1 tag category: k8s-zone",
        "  2 tags: a, b\\x1b",
        "  2 objects with these tags: /X1, /X2",
        "  1 role: kubernetes",
        "  1 permission: u@d on /X1",
        "  1 template: /X1/vm/t",
        "An interrupted run was making topology-c, which may be in vCenter and then stays too.",
        "",
      ].join("\n"),
    );
  });

  it("counts what is too much to name", () => {
    const resources = Array.from({ length: 100 }, (_, index) => tag(`t${index}`));
    const text = staysText("prod", { resources, pendingCreates: [] });
    assert.match(text, /^ {2}100 tags: t0, .*t19 and 80 more$/ms);
    assert.doesNotMatch(text, /t20/);
  });

  it("is that there is nothing, of an empty state", () => {
    const text = staysText("prod", { resources: [], pendingCreates: [] });
    assert.equal(text, "The state of stack prod holds nothing of vCenter.\n");
  });
});
