import fc from "fast-check";

/**
 * Any text that a tool or a person may hand over: control characters, marks that turn the
 * direction around, halves of character pairs. (fast-check's own `binary` takes seconds to begin.)
 */
export const anyText: fc.Arbitrary<string> = fc.string({
  unit: fc.oneof(
    fc.nat(0x20ff).map((code) => String.fromCharCode(code)),
    fc.constantFrom("\ud800", "\udc00", "😀", "日", "\u001b[31m", "\u202e", "\r\n"),
  ),
});
