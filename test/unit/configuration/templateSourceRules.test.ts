import assert from "node:assert/strict";

import { parseConfiguration } from "../../../configuration";
import { faultLines, stackWith, testFaults } from "./support";
import { broken, builtin, existing } from "./templateSupport";

const sha256 = `sha256:${"a".repeat(64)}`;

describe("the source of the template", () => {
  testFaults(
    broken(builtin, {
      "is named": [
        { "templateImage.builtin": undefined },
        "templateImage: found an object: it does not say where the template comes from: add one of builtin, deckhouse, " +
          'directory, existing, for example builtin: {ubuntu: "24.04"}',
      ],
      "is one of two": [
        { "templateImage.deckhouse": { ubuntu: "22.04" } },
        "templateImage.deckhouse: found an object: templateImage.builtin is there too, and the two exclude each other: " +
          "choose one, builtin or deckhouse",
      ],
      "is one of three": [
        {
          "templateImage.deckhouse": { ubuntu: "22.04" },
          "templateImage.directory": { path: "x", name: "ours" },
        },
        "templateImage.deckhouse: found an object: templateImage.builtin is there too, and the two exclude each other: " +
          "choose one, builtin or deckhouse",
        "templateImage.directory: found an object: templateImage.builtin is there too, and the two exclude each other: " +
          "choose one, builtin or directory",
      ],
      "is not counted when one of them cannot be read": [
        { "templateImage.builtin": undefined, "templateImage.deckhouse": { ubuntu: "26.04" } },
        'templateImage.deckhouse.ubuntu: found "26.04": is not one of the allowed values: write 20.04 (allowed: 18.04, ' +
          "20.04, 22.04)",
      ],
    }),
  );
});

describe("a template that exists", () => {
  const words: readonly [key: string, value: unknown, shown: string][] = [
    ["numCPUs", 4, "4"],
    ["coresPerSocket", 4, "4"],
    ["memory", 4096, "4096"],
    ["diskSize", 20, "20"],
    ["httpAddress", "10.8.0.5", '"10.8.0.5"'],
    ["account", { username: "packer@corp" }, "an object"],
    ["variables", { locale: "de" }, "an object"],
    ["places", { "k8s-region-x1": { network: "n" } }, "an object"],
  ];
  const line = (key: string, shown: string): string =>
    `templateImage.${key}: found ${shown}: templateImage.existing is only checked, so this would have no effect: remove ` +
    "one of the two";
  testFaults(
    broken(
      existing,
      Object.fromEntries(
        words.map(([key, value, shown]) => [
          `is not built, so ${key} is refused`,
          [{ [`templateImage.${key}`]: value }, line(key, shown)],
        ]),
      ),
    ),
  );
  testFaults(
    broken(existing, {
      "is not built, so an installer's image is refused": [
        { "templateImage.isoUrl": "u.iso", "templateImage.isoChecksum": sha256 },
        line("isoChecksum", `"${sha256.slice(0, 59)}…"`),
        line("isoUrl", '"u.iso"'),
      ],
    }),
  );

  it("is accepted with nothing said of it, and with empty variables and places", () => {
    parseConfiguration(
      stackWith({ ...existing, "templateImage.variables": {}, "templateImage.places": {} }),
    );
  });
});

describe("an installer's image", () => {
  testFaults(
    broken(builtin, {
      "has a checksum": [
        { "templateImage.isoUrl": "u.iso" },
        "templateImage.isoChecksum: found nothing: templateImage.isoUrl is set, and would be used with the isoChecksum of " +
          "another image: set both or neither",
      ],
      "has an address": [
        { "templateImage.isoChecksum": sha256 },
        "templateImage.isoUrl: found nothing: templateImage.isoChecksum is set, and would be used with the isoUrl of " +
          "another image: set both or neither",
      ],
    }),
  );

  it("is not missed when it is there and cannot be read", () => {
    const lines = faultLines(
      stackWith({
        ...builtin,
        "templateImage.isoUrl": "u.iso",
        "templateImage.isoChecksum": "md5:1",
      }),
    );
    assert.equal(lines.length, 1);
    assert.match(lines[0]!, /^templateImage.isoChecksum: found "md5:1": is not a checksum /);
  });
});
