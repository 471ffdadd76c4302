"""The topics that residents choose from (意见类别), as planners sort what comes in; `key` never changes."""

TOPICS = (
    ("farmland", "耕地与永久基本农田", "Farmland and permanent basic farmland"),
    ("ecology", "生态保护红线与山体", "Ecological protection redline and hills"),
    ("urban-boundary", "城镇开发边界", "Urban development boundary"),
    ("village", "村庄布局与宅基地", "Village layout and homesteads"),
    ("transport", "道路交通", "Roads and transport"),
    ("services", "学校、医疗、养老等公共服务", "Schools, health, care of the elderly and other services"),
    ("utilities", "供水、供电、燃气、排水", "Water, power, gas and drainage"),
    ("industry", "产业与项目用地", "Industry and land for projects"),
    ("landscape", "景观风貌与文化遗产", "Landscape character and heritage"),
    ("hazards", "防洪排涝与地质灾害", "Flooding and geological hazards"),
    ("erratum", "规划文字或图纸勘误", "Mistakes in the text or maps"),
    ("compensation", "征收补偿（不属于本规划内容）", "Expropriation and compensation (not part of this plan)"),
    ("other", "其他", "Other"),
)
