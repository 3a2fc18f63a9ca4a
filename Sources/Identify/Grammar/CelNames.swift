/// Names that mean something only among the folders and marks around them: cels, layers, frames, production numbers.
enum CelNames {
    /// File types that come as numbered pictures.
    private static let pictures: Set<String> = [
        "tga", "png", "jpg", "jpeg", "tif", "tiff", "psd", "psb", "exr", "dpx", "bmp", "gif", "clip", "webp", "iff",
        "sgi",
    ]

    /// Adds the marks in place. Returns how many of them are of the Japanese habit.
    static func read(_ parts: inout [PartMarks]) -> Int {
        guard let last = parts.indices.last else { return 0 }
        var cels = 0
        for index in parts.indices.dropFirst() where !parts[index].part.isFile {
            // C125/A: a folder of one letter below a cut is a layer.
            guard isInCut(parts[..<index]), let letter = singleLetter(parts[index].part) else { continue }
            parts[index].marks = []
            parts[index].add(.layer, .text(letter), parts[index].part.scalars.indices)
            cels += 1
        }
        guard parts[last].part.isFile else { return cels }
        let folders = parts[..<last]
        cels += readCel(&parts[last], folders) ? 1 : 0
        readProductionNumber(&parts[last])
        readSequenceAndShot(&parts[last])
        readTrailingFrame(&parts[last], isWork: isInCut(folders))
        return cels
    }

    private static func isInCut(_ folders: ArraySlice<PartMarks>) -> Bool {
        folders.contains { $0.has(.cut, .scene) }
    }

    private static func singleLetter(_ part: NamePart) -> String? {
        guard part.scalars.count == 1, part.scalar(0).isLatinLetter else { return nil }
        return part.text(0..<1).uppercased()
    }

    /// `A0001.tga` in the folder of a cut, `0001.tga` in the folder of a layer.
    private static func readCel(_ file: inout PartMarks, _ folders: ArraySlice<PartMarks>) -> Bool {
        let part = file.part
        guard let folder = folders.last, isInCut(folders), (1...6).contains(part.scalars.count) else { return false }
        let hasLetter = part.scalar(0).isLatinLetter
        let digits = hasLetter ? 1..<part.scalars.count : part.scalars.indices
        guard part.scalars[digits].allSatisfy(\.isDigit), let frame = Int(part.text(digits)) else { return false }
        let layerFolder = singleLetter(folder.part)
        if hasLetter {
            // C125/C125.psd is the cut itself; C125/C/C0001.tga is a cel of layer C.
            let letter = part.text(0..<1).uppercased()
            let isCutItself = folders.contains { $0.part.scalars == part.scalars }
            guard digits.count >= 2, !isCutItself, letter != "T" && letter != "V" || letter == layerFolder else {
                return false
            }
            file.marks = []
            file.add(.layer, .text(letter), 0..<1)
        } else {
            guard layerFolder != nil || digits.count >= 3 else { return false }
            file.marks = []
        }
        file.add(.frame, .number(frame), digits)
        return true
    }

    /// `305-sc045`: season and episode as one number of three digits, before a scene or a cut.
    private static func readProductionNumber(_ file: inout PartMarks) {
        let part = file.part
        let digits = part.scalars.prefix { $0.isDigit }.count
        guard digits == 3, part.scalar(0) != "0", file.has(.scene, .cut), !file.has(.episode), file.isFree(0..<3),
            part.scalar(3).isSeparator, let number = Int(part.text(0..<3)), number % 100 > 0
        else { return }
        file.add(.season, .number(number / 100), 0..<3)
        file.add(.episode, .number(number % 100), 0..<3)
    }

    /// `04_020_pipes_v008`: a sequence and a shot, before a version.
    private static func readSequenceAndShot(_ file: inout PartMarks) {
        let part = file.part
        let first = part.scalars.prefix { $0.isDigit }.count
        guard (1...3).contains(first), part.scalar(first) == "_", file.has(.version), !file.has(.scene, .cut) else {
            return
        }
        let second = part.scalars[(first + 1)...].prefix { $0.isDigit }.count
        let end = first + 1 + second
        guard (2...4).contains(second), part.scalar(end) == "_", file.isFree(0..<end),
            let scene = Int(part.text(0..<first)), let cut = Int(part.text(first + 1..<end))
        else { return }
        file.add(.scene, .text("\(scene)"), 0..<first)
        file.add(.cut, .text("\(cut)"), first + 1..<end)
    }

    /// The number right before a picture's extension, as in `prefix.0012.tga`, where the name is known to be work.
    private static func readTrailingFrame(_ file: inout PartMarks, isWork: Bool) {
        let part = file.part
        guard let type = part.fileExtension, pictures.contains(type), !file.has(.frame) else { return }
        let count = part.scalars.reversed().prefix { $0.isDigit }.count
        let start = part.scalars.count - count
        guard (3...6).contains(count), start > 0, isWork || file.has(.scene, .cut, .version),
            file.isFree(start..<part.scalars.count), let frame = Int(part.text(start..<part.scalars.count))
        else { return }
        if "._-".unicodeScalars.contains(part.scalar(start - 1)) {
            file.add(.frame, .number(frame), start..<part.scalars.count)
            // C125_A_0001: the letter before it is the layer.
            let letter = start - 2
            if letter > 0, part.scalar(letter).isLatinLetter, part.scalar(letter - 1).isSeparator,
                file.isFree(letter..<start)
            {
                file.add(.layer, .text(part.text(letter..<letter + 1).uppercased()), letter..<letter + 1)
            }
        } else if part.scalar(start - 1).isLatinLetter, part.scalar(start - 2).isSeparator, start >= 2 {
            file.add(.layer, .text(part.text(start - 1..<start).uppercased()), start - 1..<start)
            file.add(.frame, .number(frame), start..<part.scalars.count)
        }
    }
}
