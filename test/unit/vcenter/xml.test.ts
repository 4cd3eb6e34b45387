import assert from "node:assert/strict";
import fc from "fast-check";
import { buildXml, parseXml, type XmlContent } from "../../../vcenter/soap/xml";

/** Texts that XML 1.0 can carry, rich in characters that need care. */
const speakable = fc.string({
  unit: fc.oneof(
    fc.constantFrom("<", ">", "&", '"', "'", ";", "#", "]]>", "&amp;", "&#39;", "%2f", " ", "\n"),
    fc
      .string({ unit: "grapheme", minLength: 1, maxLength: 1 })
      .filter((text) => /^[\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]+$/u.test(text)),
  ),
});

describe("XML", () => {
  it("gives back any text and attribute that was built", () => {
    fc.assert(
      fc.property(speakable, speakable, (text, attribute) => {
        const xml = buildXml({ root: { "@type": attribute, "#text": text, child: ["", text] } });
        const root = parseXml(xml).child("root");
        assert.ok(root);
        assert.equal(root.text, text);
        assert.deepEqual(
          root.children("child").map((child) => child.text),
          ["", text],
        );
        // Attributes are only read as type names, without their prefix.
        assert.equal(root.attribute("type"), attribute.replace(/^.*:/, ""));
      }),
    );
  });

  it("keeps texts that look like numbers, and their spaces", () => {
    const texts = ["007", "1e3", " x ", "true"];
    const names = parseXml(buildXml({ root: { name: texts } }))
      .child("root")
      ?.children("name");
    assert.deepEqual(
      names?.map((name) => name.text),
      texts,
    );
  });

  for (const [what, xml, type, xsiType] of [
    ["both attributes apart", `<a type="Folder" xsi:type="vim25:MoRef"/>`, "Folder", "MoRef"],
    [
      "xsi:type by any prefix",
      `<a type="Task" _X-i:type="Disk"><b xsi:type="c"/></a>`,
      "Task",
      "Disk",
    ],
    ["type alone", `<a type="Task"/>`, "Task", undefined],
    ["xsi:type alone", `<a xsi:type="Disk"/>`, undefined, "Disk"],
  ] as const) {
    it(`reads ${what}`, () => {
      const element = parseXml(xml).child("a");
      assert.deepEqual(
        [element?.attribute("type"), element?.attribute("xsi:type")],
        [type, xsiType],
      );
      assert.ok(element?.childNames().every((name) => name === "b"));
    });
  }

  it("decodes numeric and predefined entities, once", () => {
    const text = parseXml("<a>&#39;&#x27;&#34;&lt;&gt;&amp;amp;&amp;#39;&#x1F600;</a>").child(
      "a",
    )?.text;
    assert.equal(text, `''"<>&amp;&#39;\u{1F600}`);
  });

  for (const [what, xml] of [
    ["a document type", `<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>`],
    ["an external entity", `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>`],
    ["a document type in small letters", `<!doctype html><html></html>`],
    ["an undefined entity", "<a>&x;</a>"],
    ["an entity of HTML", "<a>&nbsp;</a>"],
    ["an inherited name as an entity", "<a>&constructor;</a>"],
    ["an entity without an end", "<a>&amp</a>"],
    ["a character beyond Unicode", "<a>&#x110000;</a>"],
  ] as const) {
    it(`refuses ${what}`, () => {
      assert.throws(() => parseXml(xml));
    });
  }

  it("refuses an expansion attack without doing the work", () => {
    const levels = Array.from(
      { length: 20 },
      (_, level) => `<!ENTITY l${level + 1} "${`&l${level};`.repeat(10)}">`,
    );
    const attack = `<!DOCTYPE a [<!ENTITY l0 "ha">${levels.join("")}]><a>&l20;</a>`;
    const start = performance.now();
    assert.throws(() => parseXml(attack));
    assert.ok(performance.now() - start < 100);
  });

  it("does not touch the prototype of objects", () => {
    assert.throws(() => parseXml("<a><__proto__><polluted>yes</polluted></__proto__></a>"));
    assert.equal(({} as Record<string, unknown>).polluted, undefined);
    assert.equal(parseXml("<a/>").child("a")?.child("toString"), undefined);
  });

  for (const character of ["\u0000", "\u0008", "\r", "\u001b", "\ud800", "\uffff"]) {
    it(`refuses to build ${JSON.stringify(character)}, without repeating the text`, () => {
      const content: XmlContent = { password: `secret${character}` };
      assert.throws(
        () => buildXml({ root: content }),
        (error) => error instanceof RangeError && !error.message.includes("secret"),
      );
    });
  }

  it("gives no children and no text for what is missing", () => {
    const root = parseXml("<a><b/></a>").child("a");
    assert.ok(root);
    assert.equal(root.child("c"), undefined);
    assert.deepEqual(root.children("c"), []);
    assert.equal(root.child("b")?.text, "");
    assert.equal(root.child("b")?.attribute("type"), undefined);
  });
});
