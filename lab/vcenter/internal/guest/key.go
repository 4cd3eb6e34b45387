// Package guest simulates what runs inside a virtual machine: an installer that is started by typed keys and fetches
// its answers over HTTP, and the installed system with an address, VMware Tools and an SSH server. Packer builds
// against it without noticing; nothing is installed and no command is run.
package guest

import (
	"strings"

	"github.com/vmware/govmomi/vim25/types"
)

// key is one key press as the keyboard of a US layout gives it.
type key struct {
	character rune   // what the key writes, or 0
	name      string // of a key that writes nothing: enter, f10, esc
	control   bool
}

// String writes a key as boot commands do: a character as itself, any other key in angle brackets.
func (pressed key) String() string {
	switch {
	case pressed.control && pressed.character != 0:
		return "<ctrl+" + string(pressed.character) + ">"
	case pressed.character != 0:
		return string(pressed.character)
	default:
		return "<" + pressed.name + ">"
	}
}

// USB usage ids of the keyboard page (USB HID Usage Tables, chapter 10).
const (
	firstLetter      = 0x04
	firstDigit       = 0x1e
	keypadEnter      = 0x58
	firstFunctionKey = 0x3a
	lastFunctionKey  = 0x45
	firstModifier    = 0xe0
	lastModifier     = 0xe7
)

var named = map[int32]string{
	0x28: "enter", 0x29: "esc", 0x2a: "bs", 0x2b: "tab", keypadEnter: "enter",
	0x49: "insert", 0x4a: "home", 0x4b: "pageup", 0x4c: "del", 0x4d: "end", 0x4e: "pagedown",
	0x4f: "right", 0x50: "left", 0x51: "down", 0x52: "up",
}

// writing lists the characters of the keys that write something, each without and with shift.
var writing = printable()

func printable() map[int32][2]rune {
	keys := map[int32][2]rune{0x2c: {' ', ' '}}
	for position, letter := range "abcdefghijklmnopqrstuvwxyz" {
		keys[firstLetter+int32(position)] = [2]rune{letter, letter - 'a' + 'A'}
	}
	for position, digit := range "1234567890" {
		keys[firstDigit+int32(position)] = [2]rune{digit, rune("!@#$%^&*()"[position])}
	}
	for id, pair := range map[int32]string{
		0x2d: "-_", 0x2e: "=+", 0x2f: "[{", 0x30: "]}", 0x31: `\|`, 0x33: ";:", 0x34: `'"`, 0x35: "`~",
		0x36: ",<", 0x37: ".>", 0x38: "/?",
	} {
		keys[id] = [2]rune{rune(pair[0]), rune(pair[1])}
	}
	return keys
}

// decode turns the event of PutUsbScanCodes into a key. A modifier that is pressed alone gives none: each event names
// the modifiers that are held.
func decode(event types.UsbScanCodeSpecKeyEvent) (key, bool) {
	id := event.UsbHidCode >> 16 // the lower half is the usage page, 7
	held := modifiers(event)
	if pair, writes := writing[id]; writes {
		character := pair[0]
		if held.shift {
			character = pair[1]
		}
		return key{character: character, control: held.control}, true
	}
	switch {
	case id >= firstModifier && id <= lastModifier:
		return key{}, false
	case id >= firstFunctionKey && id <= lastFunctionKey:
		return key{name: functionKeys[id-firstFunctionKey]}, true
	case named[id] != "":
		return key{name: named[id]}, true
	default:
		return key{name: "unknown"}, true
	}
}

var functionKeys = strings.Fields("f1 f2 f3 f4 f5 f6 f7 f8 f9 f10 f11 f12")

type heldModifiers struct {
	shift, control bool
}

func modifiers(event types.UsbScanCodeSpecKeyEvent) heldModifiers {
	if event.Modifiers == nil {
		return heldModifiers{}
	}
	either := func(left, right *bool) bool { return left != nil && *left || right != nil && *right }
	return heldModifiers{
		shift:   either(event.Modifiers.LeftShift, event.Modifiers.RightShift),
		control: either(event.Modifiers.LeftControl, event.Modifiers.RightControl),
	}
}
