package guest

import (
	"testing"

	"github.com/vmware/govmomi/vim25/types"
)

// pressing makes the event that a key sends: its USB usage id in the upper half, the keyboard page in the lower one.
func pressing(id int32, shift, control bool) types.UsbScanCodeSpecKeyEvent {
	return types.UsbScanCodeSpecKeyEvent{
		UsbHidCode: id<<16 | 7,
		Modifiers:  &types.UsbScanCodeSpecModifierType{LeftShift: &shift, LeftControl: &control},
	}
}

func TestKeysAreDecodedByTheUSLayout(t *testing.T) {
	t.Parallel()
	for _, sample := range []struct {
		id             int32
		shift, control bool
		want           string
	}{
		{0x04, false, false, "a"}, {0x04, true, false, "A"}, {0x1d, false, false, "z"},
		{0x1e, false, false, "1"}, {0x1e, true, false, "!"}, {0x27, false, false, "0"}, {0x27, true, false, ")"},
		{0x2c, false, false, " "}, {0x2d, true, false, "_"}, {0x2e, false, false, "="}, {0x33, false, false, ";"},
		{0x33, true, false, ":"}, {0x34, true, false, `"`}, {0x38, false, false, "/"}, {0x37, false, false, "."},
		{0x31, false, false, `\`}, {0x1b, false, true, "<ctrl+x>"},
		{0x28, false, false, "<enter>"}, {0x29, false, false, "<esc>"}, {0x2a, false, false, "<bs>"},
		{0x3a, false, false, "<f1>"}, {0x43, false, false, "<f10>"}, {0x45, false, false, "<f12>"},
		{0x51, false, false, "<down>"}, {0x4d, false, false, "<end>"}, {0x90, false, false, "<unknown>"},
	} {
		pressed, isKey := decode(pressing(sample.id, sample.shift, sample.control))
		if !isKey || pressed.String() != sample.want {
			t.Errorf("%#x: got %q, want %q", sample.id, pressed.String(), sample.want)
		}
	}
}

func TestAModifierAloneIsNoKey(t *testing.T) {
	t.Parallel()
	// Packer sends the code of the modifier itself, with all modifiers set, before the key it is held for.
	for _, id := range []int32{0xe0, 0xe1, 0xe2, 0xe7} {
		if pressed, isKey := decode(pressing(id, true, true)); isKey {
			t.Errorf("%#x: got the key %q", id, pressed.String())
		}
	}
	if pressed, _ := decode(types.UsbScanCodeSpecKeyEvent{UsbHidCode: 0x04<<16 | 7}); pressed.String() != "a" {
		t.Errorf("without modifiers: got %q", pressed.String())
	}
}
