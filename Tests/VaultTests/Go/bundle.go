// Checks the proof section of a bundle by Go's own checksum database packages: the signature of the checkpoint, and that
// each leaf is in the tree it signs for.
//
//	GO111MODULE=off GOPATH=/usr/share/gocode go run bundle.go FOLDER/proof
package main

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func read(parts ...string) []byte {
	bytes, err := os.ReadFile(filepath.Join(parts...))
	if err != nil {
		log.Fatal(err)
	}
	return bytes
}

func main() {
	log.SetFlags(0)
	folder := os.Args[1]
	verifier, err := note.NewVerifier(strings.TrimSpace(string(read(folder, "vkey"))))
	if err != nil {
		log.Fatal(err)
	}
	signed, err := note.Open(read(folder, "checkpoint"), note.VerifierList(verifier))
	if err != nil {
		log.Fatal(err)
	}
	var origin, encoded string
	var size int64
	if _, err := fmt.Sscanf(signed.Text, "%s\n%d\n%s\n", &origin, &size, &encoded); err != nil {
		log.Fatal(err)
	}
	var root tlog.Hash
	if bytes, err := base64.StdEncoding.DecodeString(encoded); err != nil || copy(root[:], bytes) != 32 {
		log.Fatal("the checkpoint has no root")
	}
	file, err := os.Open(filepath.Join(folder, "leaves.jsonl"))
	if err != nil {
		log.Fatal(err)
	}
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	count := 0
	for lines.Scan() {
		var item struct {
			Leaf  int64
			Entry string
			Proof []string
		}
		if err := json.Unmarshal(lines.Bytes(), &item); err != nil {
			log.Fatal(err)
		}
		proof := make(tlog.RecordProof, len(item.Proof))
		for i, text := range item.Proof {
			bytes, err := base64.StdEncoding.DecodeString(text)
			if err != nil || copy(proof[i][:], bytes) != 32 {
				log.Fatalf("leaf %d: hash %d is none", item.Leaf, i)
			}
		}
		if err := tlog.CheckRecord(proof, size, root, item.Leaf, tlog.RecordHash([]byte(item.Entry))); err != nil {
			log.Fatalf("leaf %d: %v", item.Leaf, err)
		}
		count++
	}
	if err := lines.Err(); err != nil {
		log.Fatal(err)
	}
	fmt.Println(origin, size, count)
}
