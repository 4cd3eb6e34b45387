import assert from "node:assert/strict";

import { containsUnknown, unknownValue } from "../../../../components/dynamic/dynamicProvider";
import {
  PartialFailure,
  ProviderError,
  asProviderError,
} from "../../../../components/dynamic/errors";
import { lookUp } from "../../../../components/dynamic/findObject";
import { dynamicProvider } from "../../../../components/providers";
import { VCenterProvider } from "../../../../components/vCenter/provider";
import { findingText } from "../../../../findings/finding";
import { Inventory } from "../../../../vcenter";
import { withoutPointers } from "../../../support/pointers";

describe("errors of the dynamic providers", () => {
  it("are empty in the line that the engine's process prints besides handing the message on", () => {
    for (const error of [
      new ProviderError("one", undefined),
      new PartialFailure("id", {}, ["two"]),
    ]) {
      assert.equal(`${String(error)}: ${error.stack ?? "no stack"}`, ": ");
      assert.notEqual(error.message, "");
    }
  });

  it("leave no line in the process of the providers, where others are printed", () => {
    assert.ok(dynamicProvider("vCenter") instanceof VCenterProvider);
    const write = process.stderr.write.bind(process.stderr);
    let printed = "";
    process.stderr.write = (text: string | Uint8Array) => {
      printed += String(text);
      return true;
    };
    try {
      for (const values of [[": "], ["a real error"], [": ", "two"]]) console.error(...values);
    } finally {
      process.stderr.write = write;
    }
    assert.equal(printed, "a real error\n:  two\n");
  });

  it("carry id, properties and reasons of what was done in part", () => {
    const error = new PartialFailure("id", { some: "state" }, ["one", "two"]);
    const { id, properties, reasons, message } = error;
    assert.deepEqual(
      { id, properties, reasons, message },
      { id: "id", properties: { some: "state" }, reasons: ["one", "two"], message: "one\ntwo" },
    );
  });

  it("are made of whatever was thrown, and of themselves not twice", () => {
    const partial = new PartialFailure("id", {}, ["one"]);
    assert.equal(asProviderError(partial), partial);
    const { message } = asProviderError(new TypeError("wrong type"));
    assert.equal(message, "wrong type; see docs/troubleshooting.md#the-program-itself-fails");
    assert.equal(withoutPointers(asProviderError("a text").message), "a text");
    assert.equal(asProviderError(new Error("x")).stack, "");
  });
});

describe("what is not known at preview", () => {
  it("is found at any depth, and nowhere else", () => {
    for (const value of [unknownValue, [unknownValue], { a: { b: [1, unknownValue] } }]) {
      assert.equal(containsUnknown(value), true);
    }
    for (const value of [undefined, null, "", 0, [], {}, { a: [`${unknownValue} `] }]) {
      assert.equal(containsUnknown(value), false);
    }
  });
});

describe("the message about a missing object", () => {
  it("names at most three that look like it", () => {
    const root = { type: "Folder", id: "group-d1" };
    const entries = ["X1", "X2", "X3", "X4", "other"].map((name) => ({
      ...{ type: "Datacenter", id: name, name },
      parent: root,
    }));
    const found = lookUp(new Inventory(root, entries), "/X9", undefined);
    assert.equal(
      "fault" in found && findingText(found.fault),
      "/X9: no such object in vCenter's inventory, or this account cannot see it: " +
        "correct the path; the nearest that exist are /X1, /X2, /X3",
    );
  });
});
