import assert from "node:assert/strict";
import { BlockList, isIPv4 } from "node:net";
import fc from "fast-check";
import {
  addressText,
  isHostAddress,
  networkText,
  overlap,
  parseAddress,
  parseInterface,
  parseRange,
} from "../../../configuration/networks";

const address = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const prefixLength = fc.integer({ min: 0, max: 32 });

/** The bits of an address, by the language's own numbers of any size. */
function bitsOf(text: string): string {
  return text
    .split(".")
    .map((octet) => BigInt(octet).toString(2).padStart(8, "0"))
    .join("");
}

/** Whether an address is in a network or a range, as Node answers. */
function contains(text: string, candidate: string): boolean {
  const list = new BlockList();
  const [network, length] = text.split("/");
  const [first, last] = text.split("-");
  if (length !== undefined) {
    list.addSubnet(network!, Number(length), "ipv4");
  } else {
    list.addRange(first!, last!, "ipv4");
  }
  return list.check(candidate, "ipv4");
}

/** A network or a range that begins before it ends. */
const rangeText = fc.oneof(
  fc.tuple(address, prefixLength).map(([first, length]) => `${addressText(first)}/${length}`),
  fc.tuple(address, fc.integer({ min: 0, max: 70_000 })).map(([first, size]) => {
    const last = Math.min(first + size, 2 ** 32 - 1);
    return `${addressText(first)}-${addressText(last)}`;
  }),
);

describe("IPv4 addresses", () => {
  it("are written as they are read, and as others read them", () => {
    fc.assert(
      fc.property(address, (number) => {
        const text = addressText(number);
        assert.ok(isIPv4(text), text);
        assert.equal(parseAddress(text), number);
        assert.equal(BigInt(`0b${bitsOf(text)}`), BigInt(number));
      }),
    );
  });
});

describe("IPv4 networks", () => {
  it("begin with the bits of their prefix and end with all bits set", () => {
    fc.assert(
      fc.property(address, prefixLength, (number, length) => {
        const text = `${addressText(number)}/${length}`;
        const { network, address: own } = parseInterface(text);
        const prefix = bitsOf(addressText(number)).slice(0, length);
        assert.equal(own, number);
        assert.equal(bitsOf(addressText(network.first)), prefix.padEnd(32, "0"));
        assert.equal(bitsOf(addressText(network.last)), prefix.padEnd(32, "1"));
        assert.equal(networkText(network), `${addressText(network.first)}/${length}`);
      }),
    );
  });

  it("are one address where nothing is said of a prefix", () => {
    const { network } = parseInterface("192.0.2.7");
    assert.deepEqual(network, { first: 3_221_225_991, last: 3_221_225_991, prefixLength: 32 });
  });

  it("have no machine at their ends, unless they have two addresses or one", () => {
    for (const [text, can] of [
      ["10.0.0.0/24", false],
      ["10.0.0.255/24", false],
      ["10.0.0.254/24", true],
      ["10.0.0.0/30", false],
      ["10.0.0.1/30", true],
      ["10.0.0.3/30", false],
      ["10.0.0.0/31", true],
      ["10.0.0.1/31", true],
      ["10.0.0.9/32", true],
    ] as const) {
      const { network, address: own } = parseInterface(text);
      assert.equal(isHostAddress(network, own), can, text);
    }
  });

  it("have no machine outside", () => {
    const { network } = parseInterface("10.0.1.0/24");
    assert.ok(!isHostAddress(network, parseAddress("10.0.0.255")));
    assert.ok(!isHostAddress(network, parseAddress("10.0.2.0")));
    assert.ok(!isHostAddress(parseInterface("10.0.1.0/31").network, parseAddress("10.0.1.2")));
  });
});

describe("ranges of IPv4 addresses", () => {
  it("are read as they are written where they end before they begin", () => {
    const { first, last } = parseRange("192.0.2.9-192.0.2.8");
    assert.equal(`${addressText(first)} ${addressText(last)}`, "192.0.2.9 192.0.2.8");
  });

  it("have the addresses that Node finds in them", () => {
    fc.assert(
      fc.property(rangeText, address, fc.integer({ min: -2, max: 2 }), (text, other, near) => {
        const { first, last } = parseRange(text);
        // Near the ends, where a mistake would be.
        for (const number of [other, first + near, last + near]) {
          if (number >= 0 && number < 2 ** 32) {
            const isInside = first <= number && number <= last;
            assert.equal(isInside, contains(text, addressText(number)), `${text} ${number}`);
          }
        }
      }),
    );
  });

  it("overlap when an end of one is in the other", () => {
    fc.assert(
      fc.property(rangeText, rangeText, (one, other) => {
        const [left, right] = [parseRange(one), parseRange(other)];
        const expected =
          contains(one, addressText(right.first)) ||
          contains(one, addressText(right.last)) ||
          contains(other, addressText(left.first));
        assert.equal(overlap(left, right), expected, `${one} ${other}`);
        assert.equal(overlap(right, left), expected, `${other} ${one}`);
      }),
    );
  });

  it("overlap by one address, and not where they are next to each other", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1000, max: 2 ** 32 - 1000 }),
        fc.nat(900),
        fc.nat(900),
        (middle, before, after) => {
          const range = (first: number, last: number) =>
            parseRange(`${addressText(first)}-${addressText(last)}`);
          const left = range(middle - before, middle);
          assert.ok(overlap(left, range(middle, middle + after)));
          assert.ok(!overlap(left, range(middle + 1, middle + 1 + after)));
          assert.ok(!overlap(range(middle + 1, middle + 1 + after), left));
        },
      ),
    );
  });
});
