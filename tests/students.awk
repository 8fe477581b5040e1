# students.awk: a student file as DOMAIN.md 9.4 describes it, with -v rows=N
# learners who exist nowhere: regions of the citizen IDs are prefectures, whose
# own codes are never given to people. -v from=K begins with the Kth learner.
BEGIN {
	split("王 李 张 刘 陈 杨 黄 赵 周 吴 徐 孙 马 朱 胡 郭 何 林 罗 高 曾 单 欧阳 司马", surname, " ")
	split("伟 芳 娜 敏 静 丽 强 磊 军 洋 勇 艳 杰 娟 涛 明 超 秀 霞 平 刚 桂 英 华 建 国 文 斌 晓 红 志 海 燕 玲 雪 梅 春 兰 波 宁", given, " ")
	split("110100 320100 440500 510100 420100 610100", region, " ")
	split("7 9 10 5 8 4 2 1 6 3 7 9 10 5 8 4 2", weight, " ")
	split("1 0 X 9 8 7 6 5 4 3 2", check, " ")
	print "学号,姓名,性别,身份证号,手机号,专业,班级,入学批次,层次,工作单位,所在工厂,岗位,班次,班组,工号,备注"
	for (i = from + 0; i < from + rows; i++) {
		# 10 intakes of 9,999 in each half year, newest first
		lot = int(i / 9999)
		autumn = lot % 2
		year = 25 - int(lot / 2)
		number = sprintf("%02d101064%05d", year, (autumn ? 50001 : 1) + i % 9999)
		body = sprintf("%s%04d%02d%02d%03d", region[1 + int(i / 300000)],
			1970 + int(i / 1000) % 30, 1 + int(i / 30000) % 12, 1 + int(i / 1000) % 28, i % 1000)
		sum = 0
		for (d = 1; d <= 17; d++)
			sum += substr(body, d, 1) * weight[d]
		name = surname[1 + (i * 7 + int(i / 24)) % 24] given[1 + (i * 11) % 40] given[1 + (int(i / 40) * 13) % 40]
		printf "%s,%s,%s,%s%s,138%08d,%s,,20%02d%s,专科,,,,,,,\n", number, name,
			i % 2 ? "男" : "女", body, check[1 + sum % 11], i,
			i % 3 ? "P-ZK-AUTO" : "P-ZK-LOG", year, autumn ? "秋" : "春"
	}
}
