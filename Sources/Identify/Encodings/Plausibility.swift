/// How much a text looks like what people write in file names, for choosing between encodings.
///
/// Almost any bytes decode as something in GB18030 or CP949; only one reading is made of everyday characters. The
/// score counts those, and production words more; it is compared between readings and means nothing by itself.
enum Plausibility {
    /// Below this for each non-ASCII character a reading is no better than noise, and the name stays undecoded.
    static let threshold = 0.6

    /// The mean worth of the non-ASCII characters of `text` when read as `encoding`, about -2 to 4.
    static func score(_ text: String, as encoding: NameEncoding) -> Double {
        var sum = 0.0
        var count = 0
        var previous: UnicodeScalar = " "
        for scalar in text.unicodeScalars {
            if !scalar.isASCII {
                sum += worth(of: scalar, after: previous, as: encoding)
                count += 1
            }
            previous = scalar
        }
        guard count > 0 else { return 0 }
        return sum / Double(count)
    }

    private static func worth(
        of scalar: UnicodeScalar,
        after previous: UnicodeScalar,
        as encoding: NameEncoding
    ) -> Double {
        switch (encoding, scalar.value) {
        case (_, 0xe000...0xf8ff), (_, 0x80...0x9f), (_, 0xfffd): -2
        case (.windows1251, 0x410...0x44f), (.windows1251, 0x401), (.windows1251, 0x451):
            cyrillic(scalar, after: previous)
        case (.windows1251, _): -2
        case (.gb18030, 0x4e00...0x9fff): commonHan.contains(scalar) ? 3 : commonHanJapanese.contains(scalar) ? 1 : 0
        case (.shiftJIS, 0x4e00...0x9fff): commonHanJapanese.contains(scalar) ? 3 : commonHan.contains(scalar) ? 1.5 : 0
        case (.cp949, 0x4e00...0x9fff): commonHanJapanese.contains(scalar) ? 0.5 : -0.5
        case (.cp949, 0xac00...0xd7a3): commonHangul.contains(scalar) ? 3 : 0
        case (.shiftJIS, 0x3041...0x30ff): 2.5
        case (.gb18030, 0x3041...0x30ff): 0
        case (.shiftJIS, 0xff61...0xff9f): -0.5
        case (_, 0x3000...0x303f), (_, 0xff01...0xff5e), (_, 0x2460...0x2473): 1
        default: -1
        }
    }

    /// A word in one case is likely; a capital after a small letter is what other encodings look like in this one.
    private static func cyrillic(_ scalar: UnicodeScalar, after previous: UnicodeScalar) -> Double {
        guard previous.properties.isAlphabetic, !previous.isASCII else {
            return previous.properties.isAlphabetic ? -1 : 1
        }
        let capital = scalar.properties.isUppercase
        return capital && previous.properties.isLowercase ? -2 : 1.5
    }

    private static func set(_ text: String) -> Set<UnicodeScalar> { Set(text.unicodeScalars) }

    /// Characters of everyday Chinese and of animation work in China.
    private static let commonHan = set(
        """
        的一是不了在人有我他这中大来上个国到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小么心多天而能好都然
        没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意进把法此实回二
        理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教西再平真听世气信
        北少关并内加化由却代军产入先山五太水万市眼体别处总才场师书比住员九笑性通目华报立马命张活难神数件安表原车白应路期叫死常提
        感金何更反合放做系计或司利受光王果亲界及今京务制解各任至清物台象记边共风战干接它许八特觉望直服毛林题建南度统色字请交爱让
        认算论百吃义科怎元社术结六功指思非流每青管夫连远资队跟带花快条院变联言权往展该领传近留红治决周保达办运武半候七必城父强步
        完革深区即求品士转量空甚众技轻程告江语英基派满式李息写呢识极令黄德收脸钱党倒未持取设始版双历越史商千片容研像找友孩站广改
        议形委早房音火际则首单据导影失拿网香似斯专石若兵弟谁校读志飞观争究包组造落视济喜离虽坏兴切存造型返修镜卡层补张帧口型律摄表
        参考资料客户意见特效分镜头脚本场景背景合成上色线稿清稿定稿底稿样片成片初稿终稿草稿构图设计角色人物道具服装颜色色指色板集季
        第话猫狗马龙星海港夜晨雨雪春夏秋冬森林草原灯塔鱼鸟船城堡公主骑士少年冒险物语传奇动画制作公司有限股份文化影视传媒工作室卷册复
        件新建文件夹照片视频图纸备份旧版最终确认已未完成送审退回通过检查修改原图扫描日程通知说明总汇汇总名单
        """
    )

    /// Characters of everyday Japanese names and of animation work in Japan, as JIS writes them.
    private static let commonHanJapanese = set(
        """
        日一国会人年大十二本中長出三同時政事自行社見月分議後前民生連五発間対上部東者党地合市業内相方四定今回新場金員九入選立開手
        米力学問高代明実円関決子動京全目表戦経通外最言氏現理調体化田当八六約主題下首意法不来作性的要用制治度務強気小七成期公持野
        協取都和統以機平総加山思家話世受区領多県続進正安設保改数記院女初北午指権心界支第産結百派点教報済書府活原先共得解名交資予
        川向際査勝面委告軍文反元重近千考判認画海参売利組知案道信策集在件団別物側任引使求所次水半品昨論計死官増係感特情投示変打男
        基私各始島直両朝革価式確村提運終挙果西勢減台広容必応演電歳住争談能無再位置企真流格有疑口過局少放税検藤町常校料沢裁状工建
        語球営空職証土与急止送援供可役構木割聞身費付施切由説転食比難防補車優夫研収断井何南石足違消境神番規術護展態導鮮備宅害配副
        算視条幹独警宮究育席輸訪楽起万着乗店述残想線率病農州武声質念待試族象銀域助労例衛然早張映限親額監環験追審商葉義伝働形景落
        欧担好退準賞訴辺造英被株頭技低毎医復仕去姿味負閣韓渡失移差衆個門写評課末守若脳極種美岡影命含福蔵量望松非撃佐核観察整段横
        絵撮彩背景修正原画動画作監演出美術撮影仕上色指定彩色検査線猫犬馬龍星港夜雨雪春夏秋冬森草灯魚鳥船城姫騎士少年冒険物語巻
        """
    )

    /// Syllables of everyday Korean, south and north, and of animation work there.
    private static let commonHangul = set(
        """
        이다는을의가에고하지사은를서한로기도어인해자대리나시그일들수아정부과전것있원화장주게보면제상성만선동여세공회문구소미국경등
        위안신발스까조개라니으없요거여야습했던적년명무산진연생때물모방교학우비관내간실재통분람중더말또데오용계단유양출행법결차현합
        사업작의견각체영불감식민군당북남조선인민건금직접속변변음악머카타드트름른린런렸려력량령료류률릉립매먹며목못몸밀및바박반받발
        밤밥배백번벌범별병복본봉봐북분빛뿐색생석설섭성셨셔손송쇄순술숨쉬슨슬승심싶써씨안않알았앞애약얼없엇었엔역연열염엽예온올와완왔
        왜외왼욕운울움웃월웠위육융은음응의임입있잉잖잡저절점접제족존종좋죄죠죽준줄즈증직집짓짜째쪽찍착찬찰참창채책처천철청체초총최추축
        출충취측층치친칠침컷케코콤쿠크큰키타탁탄탈태택터테텍토통투트특틀티틱팀파판팔패팬페편평포표품풍프피필하학한할함합항해핵했행향
        허험혁현혈협형혜호혼홍화확환활황회획효후훈휴흐흔희흰힘원화동화수정컷화씬장면배경채색색칠촬영콘티레이아웃러프작감작화감독총시트
        교정확인완료참고자료설정최종복사본새폴더고양이말바다등대숲밤별눈비마리왕자공주모험이야기밝은푸른반짝
        """
    )
}
