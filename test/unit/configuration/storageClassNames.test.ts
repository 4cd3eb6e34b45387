import assert from "node:assert/strict";

import { murmurHash, storageClassName } from "../../../configuration/storageClasses";

describe("MurmurHash3", () => {
  it("gives the values that are published for it", () => {
    const published = { "": 0, test: 0xba6bd213, "Hello, world!": 0xc0363e43 };
    for (const [text, hash] of Object.entries(published)) assert.equal(murmurHash(text), hash);
    const fox = "The quick brown fox jumps over the lazy dog";
    assert.equal(murmurHash(fox), 0x2e4ff723);
  });
});

describe("the name of a StorageClass", () => {
  const nameOf = (below: string): string | undefined =>
    storageClassName(`/X1/datastore/${below}`).name;

  // deckhouse/deckhouse go_lib/dependency/vsphere/vsphere_test.go
  const deckhouses = {
    datastore1: "datastore1",
    "my-datastore-1": "my-datastore-1-c7567ed",
    "my datastore": "my-datastore-772d4a90",
    "dc-cluster-ds": "dc-cluster-ds-52483173",
    "dc/cluster/ds": "dc-cluster-ds-52483173",
  };
  for (const [datastore, name] of Object.entries(deckhouses)) {
    it(`of ${datastore} is that of Deckhouse's own tests`, () => {
      assert.equal(nameOf(datastore), name);
    });
  }

  it("has no capitals", () => {
    assert.equal(nameOf("LUN1"), "lun1");
  });

  it("has single dashes between letters and digits, and spells letters of other alphabets", () => {
    assert.match(nameOf("__a  (b)_!") ?? "", /^a-b-[0-9a-f]+$/);
    assert.match(nameOf("Узел Щёки") ?? "", /^uzyel-shchyoki-[0-9a-f]+$/);
    assert.match(nameOf("Größe ÆØ") ?? "", /^grobe-aeo-[0-9a-f]+$/);
    assert.match(nameOf("!!!") ?? "", /^[0-9a-f]+$/);
  });

  it("is not guessed where the letters are not known, but for its hash", () => {
    const { name, ending } = storageClassName("/X1/datastore/数据");
    assert.equal(name, undefined);
    assert.equal(ending, murmurHash("数据").toString(16));
  });

  it("is cut to 150 characters, with the hash", () => {
    const long = nameOf(`a-${"b".repeat(300)}`) ?? "";
    assert.equal(long.length, 150);
    assert.equal(nameOf("c".repeat(149)), "c".repeat(149));
    assert.equal(nameOf("c".repeat(150))?.length, 150);
    assert.match(nameOf("c".repeat(150)) ?? "", /^c+-[0-9a-f]+$/);
  });

  it("leaves out two names of the path, also of a datacenter in a folder", () => {
    assert.match(
      storageClassName("/folder/X1/datastore/lun").name ?? "",
      /^datastore-lun-[0-9a-f]+$/,
    );
  });
});
