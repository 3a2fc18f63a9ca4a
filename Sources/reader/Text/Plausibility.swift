import Domain

/// How much a decoded text looks like writing in the language its character set was made for.
///
/// Bytes legal in one East Asian set are mostly legal in the others. What tells them apart is where the characters lie:
/// each national standard puts its common characters first.
enum Plausibility {
    /// 0 to about 1.2; the share of common characters among all that are not ASCII, with a little for the most frequent.
    static func score(_ text: String, _ bytes: ArraySlice<UInt8>, _ charset: Charset) -> Double {
        switch charset {
        case .gb18030: pairs(bytes, common: 0xb0...0xd7, rare: 0xd8...0xf7) + frequent(text, commonHan)
        case .cp949: pairs(bytes, common: 0xb0...0xc8, rare: 0xca...0xfd) + frequent(text, commonHangul)
        case .shiftJIS: japanese(text)
        case .cp1251: russian(text)
        case .utf16Little, .utf16Big: ofScalars(text)
        }
    }

    /// Common pairs count fully, rare ones a third, pairs outside the standard's plane against the text.
    private static func pairs(
        _ bytes: ArraySlice<UInt8>,
        common: ClosedRange<UInt8>,
        rare: ClosedRange<UInt8>
    ) -> Double {
        var (count, sum) = (0.0, 0.0)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let lead = bytes[index]
            guard lead >= 0x80, index + 1 < bytes.endIndex else {
                index += 1
                continue
            }
            let trail = bytes[index + 1]
            index += 2
            let isPunctuation = (0xa1...0xa3).contains(lead) && trail >= 0xa1
            if isPunctuation { continue }
            count += 1
            sum += trail < 0xa1 ? -0.5 : common.contains(lead) ? 1 : rare.contains(lead) ? 0.33 : -0.5
        }
        return count == 0 ? 0 : sum / count
    }

    private static func frequent(_ text: String, _ list: Set<UnicodeScalar>) -> Double {
        let letters = text.unicodeScalars.filter { $0.value >= 0x3000 && !(0xff00...0xff65).contains($0.value) }
        guard !letters.isEmpty else { return 0 }
        return 0.6 * Double(letters.count(where: list.contains)) / Double(letters.count)
    }

    private static func japanese(_ text: String) -> Double {
        var (count, sum) = (0.0, 0.0)
        for scalar in text.unicodeScalars where scalar.value >= 0x80 {
            switch scalar.value {
            case 0x3041...0x30ff: sum += 1.3
            case 0xff61...0xff9f: sum -= 0.4
            case 0x4e00...0x9fff: sum += 0.6
            case 0x3000...0x303f, 0xff01...0xff60: continue
            default: sum -= 0.5
            }
            count += 1
        }
        return count == 0 ? 0 : sum / count
    }

    /// Letters of Russian in words of one case; every byte is legal in CP1251, so signs among them speak against it.
    private static func russian(_ text: String) -> Double {
        var (count, sum) = (0.0, 0.0)
        var previousIsSmall = false
        for scalar in text.unicodeScalars {
            let isSmall = (0x430...0x44f).contains(scalar.value) || scalar.value == 0x451
            if scalar.value >= 0x80 {
                count += 1
                switch scalar.value {
                case 0x430...0x44f, 0x451: sum += 1
                case 0x410...0x42f, 0x401: sum += previousIsSmall ? -1.5 : 0.9
                case 0xab, 0xbb, 0x2116, 0x2014, 0x2013, 0xa0: sum += 0.5
                default: sum -= 1
                }
            }
            previousIsSmall = isSmall
        }
        return count == 0 ? 0 : sum / count
    }

    /// The share of scalars in blocks that notes are written in.
    static func ofScalars(_ text: String) -> Double {
        let count = ScriptCount(text)
        let all = text.unicodeScalars.count
        let punctuation = text.unicodeScalars.count {
            (0x2010...0x203b).contains($0.value) || (0x3000...0x303f).contains($0.value)
        }
        let plain = text.unicodeScalars.count {
            $0.value < 0x80 && !$0.properties.isAlphabetic && !(0x30...0x39).contains($0.value)
        }
        return all == 0 ? 0 : Double(count.letters + count.digits + punctuation + plain) / Double(all)
    }

    private static let commonHan = Set(
        "的一是不了在人有我他这中大来上个国到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小么心多天而能好都然没日于起还发成事只作当想看文无开手用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意进法此实回二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教西再平真听世气信北少关并内加化由却代军产入先山五太水万市眼体别处总才场师书比住员九笑性通目华报立马命张活难神数件安表原车白应路期叫死常提感金何更反合放做系计或司利受光王果亲界及今京务制解各任至清物台象记边共风战干接它许八特觉望直服毛林题建南度统色字请交爱让认算论百吃义科怎元社术结六功指思非流每青管夫连远资队跟带花快条院变联言权往展该领传近留红治决周保达办运武半候七必城父强步完革深区即求品士转量空甚众技轻程告江语英基派满式李息写呢识极令黄德收脸钱党倒未持取设始版双历越史商千片容研像找友孩站广改议形委早房音火际则首单据导影失拿网香似斯专石若兵弟谁校读志飞观争究包组造落视济喜离虽坏兴切林卡镜画层格帧线稿修返缺补"
            .unicodeScalars
    )
    private static let commonHangul = Set(
        "이다을의는에고지것하가도로한를은기나서대사인아리자어시수일그정있해부제상보전주과으만스장성라들구여조동무면신경게원국선오안비우소유공세연적위와계진물마발미관방회저모간없당치말생각했습니른내용명문화합할때까같번머형중추두더거음불실양약결체권단질았었십줄그림붉색선층맞출고칠참고컷틀올릴쪽반복작배참"
            .unicodeScalars
    )
}
