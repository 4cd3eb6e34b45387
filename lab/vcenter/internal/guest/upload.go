package guest

import "sync"

// upload receives a file and keeps its beginning. It can be written in order, as scp does, or by offsets, as sftp
// does, where chunks may overtake each other.
type upload struct {
	mutex sync.Mutex
	path  string
	bytes int64
	begin []byte
}

func newUpload(path string) *upload {
	return &upload{path: path}
}

// Write appends.
func (upload *upload) Write(content []byte) (int, error) {
	upload.mutex.Lock()
	end := upload.bytes
	upload.mutex.Unlock()
	return upload.WriteAt(content, end)
}

// WriteAt puts content at an offset.
func (upload *upload) WriteAt(content []byte, offset int64) (int, error) {
	upload.mutex.Lock()
	defer upload.mutex.Unlock()
	upload.bytes = max(upload.bytes, offset+int64(len(content)))
	if end := min(offset+int64(len(content)), keptOfUpload); end > offset {
		if grow := int(end) - len(upload.begin); grow > 0 {
			upload.begin = append(upload.begin, make([]byte, grow)...)
		}
		copy(upload.begin[offset:end], content)
	}
	return len(content), nil
}

// keep records a file that is complete.
func (run *run) keep(upload *upload) {
	upload.mutex.Lock()
	kept := Upload{Path: upload.path, Bytes: upload.bytes, Content: string(upload.begin)}
	upload.mutex.Unlock()
	run.journal.change(func(record *Record) { record.Uploads = append(record.Uploads, kept) })
}
